"""Usage: parquet.py DIR < ROWS

Writes parquet files in the schema of hf-vision/chest-xray-pneumonia on the hub, from a JSON object
that has for each file name a list of rows [path, label, the image's bytes in hexadecimal digits].
"""
import json
import pathlib
import sys

import pyarrow
import pyarrow.parquet

FEATURES = {"image": {"_type": "Image"},
            "label": {"names": ["NORMAL", "PNEUMONIA"], "_type": "ClassLabel"}}
SCHEMA = pyarrow.schema(
    [("image", pyarrow.struct([("bytes", pyarrow.binary()), ("path", pyarrow.string())])),
     ("label", pyarrow.int64())],
    metadata={"huggingface": json.dumps({"info": {"features": FEATURES}})})

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, rows in json.load(sys.stdin).items():
    images = [{"bytes": bytes.fromhex(data), "path": path} for path, _, data in rows]
    table = pyarrow.table({"image": images, "label": [row[1] for row in rows]}, schema=SCHEMA)
    pyarrow.parquet.write_table(table, folder / name, row_group_size=3)
