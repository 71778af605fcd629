#!/usr/bin/python3
"""A DICOMweb client made of requests and pydicom: prints one line for each thing it did.

dicomweb.py SERVICE FILE: stores the file, finds it by its name, fetches it as JSON and as a file, and compares.
"""
import io
import sys
from urllib.parse import quote
import requests
from pydicom import Dataset, dcmread

service, path = sys.argv[1:]
protocols = service + "/hanging-protocols"
with open(path, "rb") as file:
    content = file.read()
sent = dcmread(io.BytesIO(content))
uid = str(sent.SOPInstanceUID)

body = b"--frontier\r\nContent-Type: application/dicom\r\n\r\n" + content + b"\r\n--frontier--\r\n"
answer = requests.post(protocols, data=body, timeout=30, headers={
    "Content-Type": 'multipart/related; type="application/dicom"; boundary=frontier', "Accept": "application/dicom+json"})
answer.raise_for_status()
result = Dataset.from_json(answer.json()[0])
assert [str(item.ReferencedSOPInstanceUID) for item in result.ReferencedSOPSequence] == [uid]
print("stored", uid)

# not by params=, which writes a space as in a form: as a plus sign
name = quote(str(sent.HangingProtocolName))
answer = requests.get(protocols + "?includefield=all&HangingProtocolName=" + name, timeout=30,
                      headers={"Accept": "application/dicom+json"})
answer.raise_for_status()
found = [Dataset.from_json(match) for match in answer.json()]
match = next(match for match in found if match.SOPInstanceUID == uid)
assert match.HangingProtocolName == sent.HangingProtocolName
assert len(match.HangingProtocolDefinitionSequence) == len(sent.HangingProtocolDefinitionSequence)
print("found", match.HangingProtocolLevel)

answer = requests.get(match.RetrieveURL, headers={"Accept": "application/dicom"}, timeout=30)
answer.raise_for_status()
fetched = dcmread(io.BytesIO(answer.content))
assert fetched == sent, (fetched, sent)
print("fetched", fetched.file_meta.TransferSyntaxUID)

answer = requests.get(match.RetrieveURL, headers={"Accept": "application/dicom+json"}, timeout=30)
answer.raise_for_status()
as_json = Dataset.from_json(answer.json()[0])
for element in sent:
    if element.keyword != "SpecificCharacterSet" and element.VR not in ("SQ", "UN"):
        assert as_json[element.tag].value == element.value, (element, as_json[element.tag])
print("compared", len(sent))
