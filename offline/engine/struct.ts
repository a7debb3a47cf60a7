import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { isWireMap } from "../protocol/wire.ts";
import type { Wire, WireMap } from "../protocol/wire.ts";

/** Reads a protobuf Struct. */
export function fromStruct(message: struct.Struct | undefined): WireMap {
  return message === undefined ? {} : message.toJavaScript();
}

export function fromValue(message: struct.Value): Wire {
  // Value's own typing of the same values is looser than ours: what it yields is JSON.
  return message.toJavaScript() as Wire;
}

/** Writes a protobuf Struct. */
export function toStruct(map: WireMap): struct.Struct {
  const message = new struct.Struct();
  const fields = message.getFieldsMap();
  for (const [key, value] of Object.entries(map)) {
    fields.set(key, toValue(value));
  }
  return message;
}

export function toValue(value: Wire): struct.Value {
  const message = new struct.Value();
  if (value === null) {
    message.setNullValue(struct.NullValue.NULL_VALUE);
  } else if (typeof value === "string") {
    message.setStringValue(value);
  } else if (typeof value === "number") {
    message.setNumberValue(value);
  } else if (typeof value === "boolean") {
    message.setBoolValue(value);
  } else if (isWireMap(value)) {
    message.setStructValue(toStruct(value));
  } else {
    const list = new struct.ListValue();
    list.setValuesList(value.map(toValue));
    message.setListValue(list);
  }
  return message;
}
