"""Naming pictures by typed labels."""

import streamlit as st

from components.app import frame
from components.kit.joint import joint_choice, open_scenes
from components.kit.link import select
from components.kit.spaces import space_of
from components.kit.texts import how
from components.views.named_pictures import named_pictures
from components.views.zero_shot import zero_shot

frame.heading("Zero-shot", "Can it name what it has never been taught?")
choice = joint_choice("how well a picture can be named by words alone")
pictures = space_of(choice.pictures, choice.encoder)
middle, right, asked = st.columns([0.46, 0.3, 0.24], gap="medium")
answers = zero_shot(pictures, asked, middle)
if answers is not None:
    named_pictures(answers, middle, right, on_pick=open_scenes if choice.lent else select)
    how("zero_shot")
