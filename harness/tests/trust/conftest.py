"""Lets the tests find their helpers and the scripts, however pytest is called."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import fabricate  # noqa: E402,F401
