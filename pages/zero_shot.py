"""Naming pictures by typed labels."""

import streamlit as st

from components.app import frame
from components.kit.joint import joint_choice
from components.kit.spaces import space_of
from components.kit.texts import how
from components.views.named_pictures import named_pictures
from components.views.zero_shot import zero_shot

frame.heading("Zero-shot", "Can it name what it has never been taught?")
choice = joint_choice("how well a picture can be named by words alone")
pictures = space_of(choice.pictures, choice.encoder)
asked, middle, right = st.columns([0.24, 0.46, 0.3], gap="medium")
answers = zero_shot(pictures, asked)
if answers is not None:
    named_pictures(answers, middle, right)
    how("zero_shot")
