"""Pictures and texts in one space."""

from components.app import frame
from components.joint.page import joint_page

joint_page(frame.heading("Text and images", "Do pictures and words meet in one space?"))
