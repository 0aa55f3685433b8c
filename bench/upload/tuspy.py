# tuspyserver as its own documentation starts it, where our app expects uploads. Arguments: a folder for
# the files, and a port.

import sys

import uvicorn
from fastapi import FastAPI
from tuspyserver import create_tus_router

folder, port = sys.argv[1], int(sys.argv[2])
app = FastAPI()
app.include_router(create_tus_router(prefix="api/v1/uploads", files_dir=folder, max_size=100_000_000))
uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
