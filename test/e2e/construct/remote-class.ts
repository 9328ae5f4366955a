/** What a program in another language sends: the component's type and inputs, without its class. */
export const remoteClass = `import * as pulumi from "@pulumi/pulumi";

class RemoteClass extends pulumi.ComponentResource {
  constructor(name, args, options) {
    const outputs = { seats: undefined, teacher: undefined, generation: undefined };
    super("coppice:index:LabClass", name, { ...outputs, ...args }, options, true);
  }
}
const place = { template: { vmid: 9000 }, storage: "nas", vmids: { from: 20000, to: 20099 } };
`;
