import { BastionlessInstance, PrivateNetwork } from "@bastionless/components";

const network = new PrivateNetwork("network");

export const { connect } = new BastionlessInstance("app", { network });
