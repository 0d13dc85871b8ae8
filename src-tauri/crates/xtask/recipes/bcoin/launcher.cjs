#!/usr/local/bin/node
"use strict";
require("/app/node_modules/bcoin/bin/node");
