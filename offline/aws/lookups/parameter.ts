import { imageId, imageOfParameter } from "../images.ts";
import { arnAt } from "../place.ts";
import { asText } from "../values.ts";
import { failure, result, unanswered } from "./lookup-function.ts";
import type { LookupFunction } from "./lookup-function.ts";

/** `aws.ssm.getParameter` of the public parameters that name images; the account's own are its own. */
export const parameter: LookupFunction = ({ token, args, setting: { place } }) => {
  const name = asText(args["name"]);
  if (name === "") {
    return failure("name", "`name` is required: set it");
  }
  const image = imageOfParameter(name);
  if (image === undefined) {
    return unanswered(token, args);
  }
  const value = imageId(image, place.region);
  return result({
    ...args,
    arn: arnAt(place, "ssm", `parameter${name}`, { account: true }),
    id: name,
    insecureValue: value,
    name,
    region: place.region,
    type: "String",
    value,
    version: 100,
    withDecryption: args["withDecryption"] ?? true,
  });
};
