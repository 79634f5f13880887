// Reads cases, one JSON object a line, and writes what iam-simulate decides, one word a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.argv[2]}/`);
// Without a name for a resource policy, which it does not set itself, the simulation breaks off.
const policies = require("@cloud-copilot/iam-policy");
const { loadPolicy } = policies;
Object.defineProperty(policies, "loadPolicy", {
  value: (document, metadata = { name: "resource" }) => loadPolicy(document, metadata),
});
const { runUnsafeSimulation } = require("@cloud-copilot/iam-simulate");
const everything = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

// `levels` are the documents of service control policies, from the organization's root down.
function decide({ kind, policy, levels, request }) {
  const identity = kind === "identity" ? policy : everything;
  return runUnsafeSimulation(
    {
      identityPolicies: kind === "resource alone" ? [] : [{ name: "tried", policy: identity }],
      serviceControlPolicies: levels.map((documents, level) => ({
        orgIdentifier: `level-${level}`,
        policies: documents.map((policy, at) => ({ name: `scp-${at}`, policy })),
      })),
      resourceControlPolicies: [],
      resourcePolicy: kind.startsWith("resource") ? policy : undefined,
      request: {
        principal: request.principal,
        action: request.action,
        resource: { resource: request.resource, accountId: "111122223333" },
        contextVariables: request.context,
      },
    },
    {},
  );
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(decide(JSON.parse(line)));
}
