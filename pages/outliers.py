"""What does not fit, is labelled wrongly, or is there twice."""

from components.app import frame
from components.outliers.page import outliers_page

outliers_page(frame.page("Outliers", "What does not belong here, is labelled wrongly, or is there twice?"))
