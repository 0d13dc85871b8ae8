#!/usr/local/bin/node
// Starts js-ipfs with its HTTP interface and gateway on every address of the container, and without public peers: its own
// command line offers loopback addresses only, until a configuration is written.
"use strict";

// Libraries of js-ipfs use it; Node.js has it from version 22 on.
Promise.withResolvers ??= function () {
  const all = {};
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }));
  return all;
};

async function main() {
  const { Daemon } = await import("/app/node_modules/ipfs-daemon/src/index.js");
  const daemon = new Daemon({
    repo: process.env.IPFS_PATH,
    config: {
      Addresses: {
        Swarm: ["/ip4/0.0.0.0/tcp/4001"],
        API: "/ip4/0.0.0.0/tcp/5001",
        Gateway: "/ip4/0.0.0.0/tcp/8080",
      },
      Bootstrap: [],
    },
  });
  const stop = () => daemon.stop().finally(() => process.exit(0));
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  await daemon.start();
  console.log("Daemon is ready");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
