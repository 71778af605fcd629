#!/usr/bin/python3
"""A workstation for the walk in README.md: finds, gets and moves hanging protocols with odil (apt-get install python3-odil).

    hp.py find --name 'Chest*' --modality DX --region 51185008
    hp.py get UID... --directory received
    hp.py move UID... --destination WS1

With --json, every response is printed as one line of JSON: its status, its counts, its data set.
"""

import argparse
import json
import os
import sys

import odil
from odil import registry

Context = odil.AssociationParameters.PresentationContext
Command = odil.messages.Message.Command
MEDIUM = 0
COUNTS = {
    "remaining": "NumberOfRemainingSuboperations",
    "completed": "NumberOfCompletedSuboperations",
    "failed": "NumberOfFailedSuboperations",
    "warning": "NumberOfWarningSuboperations",
}


def main():
    arguments = parse_arguments()
    transfer_syntaxes = [registry.ImplicitVRLittleEndian if arguments.implicit else registry.ExplicitVRLittleEndian]
    sop_class, request = {
        "find": (registry.HangingProtocolInformationModelFind, odil.messages.CFindRequest),
        "get": (registry.HangingProtocolInformationModelGet, odil.messages.CGetRequest),
        "move": (registry.HangingProtocolInformationModelMove, odil.messages.CMoveRequest),
    }[arguments.command]
    contexts = [Context(sop_class, transfer_syntaxes, Context.Role.SCU)]
    if arguments.command == "get":
        # what is got comes back over this association, so here we are the SCP
        contexts.append(Context(registry.HangingProtocolStorage, transfer_syntaxes, Context.Role.SCP))

    association = odil.Association()
    association.set_peer_host(arguments.host)
    association.set_peer_port(arguments.port)
    association.update_parameters() \
        .set_calling_ae_title(arguments.calling).set_called_ae_title(arguments.called) \
        .set_presentation_contexts(contexts)
    try:
        association.associate()
    except odil.Exception as e:
        return fail("no association with %s at %s:%d: %s" % (arguments.called, arguments.host, arguments.port, e))
    refused = [context.abstract_syntax for context in association.get_negotiated_parameters().get_presentation_contexts()
               if context.result != Context.Result.Acceptance]
    if refused:
        association.release()
        return fail("%s does not accept %s; has it these SOP classes?" % (arguments.called, ", ".join(refused)))
    to = [arguments.destination] if arguments.command == "move" else []
    message = request(association.next_message_id(), sop_class, MEDIUM, *to, identifier(arguments))
    association.send_message(message, sop_class)
    for number, response in enumerate(receive(association, arguments), 1):
        print(json.dumps(response) if arguments.json else readable(response), flush=True)
        if number == arguments.cancel_after:
            association.send_message(cancel(message), sop_class)
    association.release()
    return 0 if response["status"] == "0000" else 1


def fail(message):
    print("hp.py: " + message, file=sys.stderr)
    return 2


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=11112)
    parser.add_argument("--calling", default="WALK", help="our AE title")
    parser.add_argument("--called", default="HPQR", help="AE title of the server")
    parser.add_argument("--implicit", action="store_true", help="Implicit instead of Explicit VR Little Endian")
    parser.add_argument("--json", action="store_true", help="print responses as JSON")
    parser.add_argument("--cancel-after", type=int, metavar="N", help="send a C-CANCEL after N responses")
    commands = parser.add_subparsers(dest="command", required=True)
    find = commands.add_parser("find")
    find.add_argument("--name", default="", help="Hanging Protocol Name; * and ? are wild cards")
    find.add_argument("--level", default="", help="MANUFACTURER, SITE, USER_GROUP or SINGLE_USER")
    find.add_argument("--modality", default="")
    find.add_argument("--laterality", default="")
    find.add_argument("--region", default="", help="code value of the anatomic region")
    find.add_argument("--identifier", help="all keys, as DICOM JSON, instead of the options above")
    get = commands.add_parser("get")
    get.add_argument("--directory", default=".", help="where to put what comes")
    move = commands.add_parser("move")
    move.add_argument("--destination", required=True, help="AE title the server knows")
    for retrieve in (get, move):
        retrieve.add_argument("uid", nargs="*", help="SOP Instance UID")
    return parser.parse_args()


def identifier(arguments):
    keys = odil.DataSet()
    if arguments.command != "find":
        keys.add("SOPInstanceUID", arguments.uid)
    elif arguments.identifier:
        keys = odil.from_json(arguments.identifier)
    else:
        region = data_set(CodeValue=arguments.region, CodingSchemeDesignator="", CodeMeaning="")
        definition = data_set(Modality=arguments.modality, Laterality=arguments.laterality)
        definition.add("AnatomicRegionSequence", [region] if arguments.region else [])
        keys = data_set(SOPInstanceUID="", HangingProtocolName=arguments.name, HangingProtocolLevel=arguments.level)
        keys.add("HangingProtocolDefinitionSequence", [definition])
        if not arguments.name.isascii():
            keys.add("SpecificCharacterSet", ["ISO_IR 192"])
    return keys


def data_set(**attributes):
    """A data set with these attributes; an empty value asks for the attribute and matches everything."""
    result = odil.DataSet()
    for keyword, value in attributes.items():
        result.add(keyword, [value] if value else [])
    return result


def receive(association, arguments):
    """The responses, one after the other; files that a C-GET brings are written in between."""
    while True:
        message = association.receive_message()
        if message.get_command_field() == Command.C_STORE_RQ:
            store(association, odil.messages.CStoreRequest(message), arguments.directory)
            continue
        fields = message.get_command_set()
        status = fields.as_int("Status")[0]
        response = {"status": "%04X" % status}
        response.update((name, fields.as_int(keyword)[0]) for name, keyword in COUNTS.items() if fields.has(keyword))
        if fields.has("ErrorComment"):
            response["comment"] = fields.as_string("ErrorComment")[0].decode()
        if fields.has("OffendingElement"):
            response["offending"] = [tag.decode() for tag in fields.as_string("OffendingElement")]
        if message.has_data_set():
            data = message.get_data_set()
            inherit_character_set(data)
            response["data"] = json.loads(odil.as_json(data))
        yield response
        if status & 0xFF00 != 0xFF00:
            return


def inherit_character_set(attributes):
    """Items have the character set of their data set; odil's JSON writer expects it in each of them."""
    if not attributes.has("SpecificCharacterSet"):
        return
    for _, element in attributes.items():
        for item in element.as_data_set() if element.is_data_set() else []:
            if not item.has("SpecificCharacterSet"):
                item.add("SpecificCharacterSet", attributes["SpecificCharacterSet"].as_string())
            inherit_character_set(item)


def cancel(request):
    command = odil.DataSet()
    command.add("CommandField", [int(Command.C_CANCEL_RQ)])
    command.add("MessageIDBeingRespondedTo", [request.get_message_id()])
    return odil.messages.Message(command)


def store(association, request, directory):
    received = request.get_data_set()
    os.makedirs(directory, exist_ok=True)
    file = os.path.join(directory, request.get_affected_sop_instance_uid() + ".dcm")
    odil.Writer.write_file(received, file, odil.DataSet(), received.get_transfer_syntax())
    response = odil.messages.CStoreResponse(request.get_message_id(), 0)
    association.send_message(response, request.get_affected_sop_class_uid())


def readable(response):
    def value(attributes, tag):
        return (attributes.get(tag, {}).get("Value") or ["-"])[0]

    text = response["status"]
    text += "".join(" %d %s" % (response[name], name) for name in COUNTS if name in response)
    text += " " + response["comment"] if "comment" in response else ""
    data = response.get("data", {})
    if "00080058" in data:
        text += " failed: " + " ".join(data["00080058"]["Value"])
    elif data:
        definitions = ", ".join(
            "%s %s %s" % (value(item, "00080060"), value(first_region(item), "00080104"), value(item, "00200060"))
            for item in data["0072000c"]["Value"])
        text += " %-16s %-12s %s [%s]" % (value(data, "00720002"), value(data, "00720006"), value(data, "00080018"), definitions)
    return text


def first_region(item):
    return (item.get("00082218", {}).get("Value") or [{}])[0]


if __name__ == "__main__":
    sys.exit(main())
