"""Kept pictures back into pixels."""

from pictures import encoded, photograph, plain

from embeddings.images import keep, map_pictures, open_kept


def test_jpeg_decoders_leave_out_what_is_not_asked_for():
    item = keep(encoded(photograph(), "JPEG"), name="a").data
    assert open_kept(item).size == (683, 512)
    assert open_kept(item, at_least=224).size == (342, 256)
    assert min(open_kept(item, at_least=257).size) == 512
    assert open_kept(plain(size=(400, 300)), at_least=50).size == (400, 300)


def test_pictures_are_mapped_in_order():
    items = [plain((value, 0, 0)) for value in range(60)]
    assert map_pictures(items, lambda picture: picture.getpixel((0, 0))[0]) == list(range(60))
    assert map_pictures([], lambda picture: 1) == []
