"""What every lesson uses: ask for a guess, show code and errors, and tell what a design costs."""

from course_lib.lesson.costs import price, prices
from course_lib.lesson.failures import error, safeguards
from course_lib.lesson.listings import show
from course_lib.lesson.predictions import predict
from course_lib.lesson.tables import table

__all__ = ["error", "predict", "price", "prices", "safeguards", "show", "table"]
