"""Stock nbgrader reads this in the repository's folder: see README, "For instructors"."""

import os
import sys
from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader puts the name here)

# nbgrader calls alembic by name; so it is found when the environment is not activated.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])

c.CourseDirectory.course_id = "distributed_systems"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

# Generating again gives the same bytes, so it may replace what is there.
c.GenerateAssignment.force = True
c.ClearSolutions.code_stub = {"python": "...  # your code goes here"}

# A check has its own limit of a few seconds; this ends what it could not stop.
c.Execute.timeout = 60
