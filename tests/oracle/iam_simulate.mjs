// Reads cases, one JSON object a line, and writes what iam-simulate decides, one word a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { runSimulation, runUnsafeSimulation } = createRequire(`${process.argv[2]}/`)(
  "@cloud-copilot/iam-simulate",
);
const everything = { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

async function decide({ kind, policy, request }) {
  const simulation = {
    identityPolicies: [{ name: "tried", policy: kind === "identity" ? policy : everything }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: kind === "resource" ? policy : undefined,
    request: {
      principal: request.principal,
      action: request.action,
      resource: { resource: request.resource, accountId: "111122223333" },
      contextVariables: request.context,
    },
  };
  if (kind === "identity") return runUnsafeSimulation(simulation, {});
  const found = await runSimulation(simulation, {});
  return found.overallResult ?? `refused: ${JSON.stringify(found.errors)}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(await decide(JSON.parse(line)));
}
