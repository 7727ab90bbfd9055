"""The panel: a form over the Processing algorithm `bufferzone:planzone`. It computes nothing itself."""
