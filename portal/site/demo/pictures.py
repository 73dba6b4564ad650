"""Pictures that the demo attaches: drawn here, so that no real place and no real person is in them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from portal.kernel import uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile

SKY, HILL, FIELD, CLOTH = (214, 232, 240), (92, 128, 104), (176, 196, 132), (226, 160, 92)
INK, ROUTE = (70, 60, 50), (190, 60, 40)


def picture(by: Actor, tables: int = 4) -> StoredFile:
    """A drawn market or meeting with so many tables, staged for `by`."""
    image = Image.new("RGB", (960, 600), SKY)
    draw = ImageDraw.Draw(image)
    draw.ellipse((-200, 220, 620, 900), fill=HILL)
    draw.ellipse((380, 260, 1240, 940), fill=tuple(part - 16 for part in HILL))
    draw.rectangle((0, 430, 960, 600), fill=FIELD)
    for number in range(tables):
        left = 60 + number * (860 // max(tables, 1))
        draw.polygon([(left, 380), (left + 75, 330), (left + 150, 380)], fill=CLOTH)
        draw.rectangle((left + 10, 430, left + 140, 452), fill=(120, 84, 60))
        for leg in (left + 18, left + 124):
            draw.rectangle((leg, 452, leg + 8, 510), fill=(92, 64, 46))
    return _staged(by, image)


def plan(by: Actor) -> StoredFile:
    """A drawn plan: two roads that cross, a gate, the house on the right, the parking on the left."""
    image = Image.new("RGB", (960, 640), (247, 245, 238))
    draw = ImageDraw.Draw(image)
    for box in ((0, 500, 960, 580), (440, 0, 520, 640)):
        draw.rectangle(box, fill=(222, 220, 212))
    draw.rectangle((600, 140, 860, 360), fill=CLOTH, outline=INK, width=6)
    draw.polygon([(580, 140), (730, 50), (880, 140)], fill=HILL, outline=INK)
    draw.rectangle((120, 180, 360, 360), fill=(255, 255, 255), outline=INK, width=6)
    for left in (200, 280):
        draw.line((left, 180, left, 360), fill=INK, width=4)
    draw.rectangle((424, 400, 440, 470), fill=INK)
    draw.rectangle((520, 400, 536, 470), fill=INK)
    draw.line([(480, 620), (480, 300), (590, 300)], fill=ROUTE, width=10)
    draw.polygon([(590, 278), (630, 300), (590, 322)], fill=ROUTE)
    return _staged(by, image)


def _staged(by: Actor, image: Image.Image) -> StoredFile:
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=85)
    upload = SimpleUploadedFile("見本の絵.jpg", out.getvalue(), content_type="image/jpeg")
    return uploads.stage(upload, by=by, accept=uploads.IMAGES)
