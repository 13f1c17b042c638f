"""Stock nbgrader reads this in the repository's folder: see README, "For instructors"."""

c = get_config()  # noqa: F821  (nbgrader puts the name here)

c.CourseDirectory.course_id = "distributed_systems"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# Generating again gives the same bytes, so it may replace what is there.
c.GenerateAssignment.force = True
c.ClearSolutions.code_stub = {"python": "...  # your code goes here"}

# A check has its own limit of a few seconds; these end what it could not stop.
c.Execute.timeout = 60
c.Execute.interrupt_on_timeout = True
