"""The part of the table of encoders that is about pictures."""

from __future__ import annotations

from embeddings.encoders.base import EncoderSpec

OPEN_CLIP = "embeddings.encoders.openclip:OpenClip"
OPEN_CLIP_PACKAGES = ("torch", "torchvision", "transformers", "open_clip")
_TIMM = "embeddings.encoders.timm_features:TimmFeatures"
_TIMM_PACKAGES = ("torch", "torchvision", "transformers", "timm")
_IMAGE: frozenset[str] = frozenset({"image"})
JOINT: frozenset[str] = frozenset({"text", "image"})

BUNDLED: dict[str, EncoderSpec] = {
    "Pixels": EncoderSpec(
        summary="The colours of a picture squashed to 32 × 32 pixels: finds pictures with the same colours in the same "
        "places, knows no things.",
        factory="embeddings.encoders.pixels:Pixels",
        dimension=3072,
        licence="MIT-CMU",
        packages=("PIL",),
        kinds=_IMAGE,
    ),
    "Colour and texture": EncoderSpec(
        summary="Outlines, colours and surface texture measured by formulas: finds pictures that look alike, knows no "
        "things.",
        factory="embeddings.encoders.colour_texture:ColourTexture",
        dimension=466,
        licence="BSD-3-Clause",
        packages=("PIL", "skimage"),
        kinds=_IMAGE,
    ),
}

DOWNLOADED: dict[str, EncoderSpec] = {
    "OpenCLIP ViT-B-32": EncoderSpec(
        summary="Pictures and English texts in one space, learned from two billion pairs of the web: a good start for "
        "photographs.",
        factory=OPEN_CLIP,
        dimension=512,
        licence="MIT",
        megabytes=605,
        kinds=JOINT,
        model="laion/CLIP-ViT-B-32-laion2B-s34B-b79K",
        packages=OPEN_CLIP_PACKAGES,
        joint=True,
    ),
    "OpenCLIP ViT-L-14": EncoderSpec(
        summary="The larger sister of OpenCLIP ViT-B-32: more exact on fine differences, many times slower.",
        factory=OPEN_CLIP,
        dimension=768,
        licence="MIT",
        megabytes=1710,
        kinds=JOINT,
        model="laion/CLIP-ViT-L-14-laion2B-s32B-b82K",
        packages=OPEN_CLIP_PACKAGES,
        joint=True,
    ),
    "SigLIP 2 base": EncoderSpec(
        summary="Pictures and texts of many languages in one space; squashes a picture instead of cropping it.",
        factory=OPEN_CLIP,
        dimension=768,
        licence="Apache-2.0",
        megabytes=1501,
        kinds=JOINT,
        model="timm/ViT-B-16-SigLIP2",
        packages=OPEN_CLIP_PACKAGES,
        joint=True,
        every_script=True,
    ),
    "MobileCLIP": EncoderSpec(
        summary="Pictures and English texts in one space, small enough for a phone (MobileCLIP-S1). For research only.",
        factory=OPEN_CLIP,
        dimension=512,
        licence="Apple AMLR",
        megabytes=340,
        kinds=JOINT,
        model="apple/MobileCLIP-S1-OpenCLIP",
        packages=OPEN_CLIP_PACKAGES,
        joint=True,
    ),
    "CLIP ViT-B-32 (Sentence Transformers)": EncoderSpec(
        summary="The CLIP of 2021 by OpenAI, pictures and English texts in one space, packed by Sentence Transformers.",
        factory="embeddings.encoders.clip_sentence:ClipSentence",
        dimension=512,
        licence="MIT",
        megabytes=605,
        kinds=JOINT,
        model="sentence-transformers/clip-ViT-B-32",
        packages=("torch", "torchvision", "transformers", "sentence_transformers"),
        joint=True,
    ),
    "ResNet-50": EncoderSpec(
        summary="A convolutional network that learned to tell 1,000 kinds of things apart, before its last layer.",
        factory=_TIMM,
        dimension=2048,
        licence="Apache-2.0",
        megabytes=102,
        kinds=_IMAGE,
        model="timm/resnet50.a1_in1k",
        packages=_TIMM_PACKAGES,
    ),
    "VGG-16": EncoderSpec(
        summary="The convolutional network of 2014, before its last layer: strong on texture and style, slow.",
        factory=_TIMM,
        dimension=4096,
        licence="BSD-3-Clause",
        megabytes=553,
        kinds=_IMAGE,
        model="timm/vgg16.tv_in1k",
        packages=_TIMM_PACKAGES,
    ),
    "DINOv2 small": EncoderSpec(
        summary="Learned from pictures alone, without a word: finds the same kind of thing in other light or from "
        "another side.",
        factory=_TIMM,
        # Its authors evaluate it on the middle 224 of 256 pixels; the 518 that timm states take many times as long.
        options={"side": 224, "crop": 0.875},
        dimension=384,
        licence="Apache-2.0",
        megabytes=88,
        kinds=_IMAGE,
        model="timm/vit_small_patch14_dinov2.lvd142m",
        packages=_TIMM_PACKAGES,
    ),
}
