// Runs suites of the W3C's tests with rdf-test-suite and writes one line of JSON a test on standard output.
//
//     node suites.js < {"folder": …, "address": …, "control": …, "suites": {address of a manifest: [tests to run]}}
//
// A line holds "test" (its IRI), "ok" and, where it failed, "error". A test that rdf-test-suite cannot set up has no line.
'use strict';

const { RdfObjectLoader } = require('rdf-object');
const { ManifestLoader, TestCaseProtocol, TestSuiteRunner, Util, testCaseFromResource } = require('rdf-test-suite');
const { sameRows } = require('./comparison.js');
const { HttpEngine } = require('./engine.js');

Util.extensionToContentType.rdf = 'application/rdf+xml'; // which the web's servers say and a file does not

const TIME_LIMIT_MS = 20_000;

async function main() {
  const { folder, address, control, suites } = JSON.parse(await readAll(process.stdin));
  const fetching = { urlToFileMappings: [{ url: address, path: folder }] };
  const engine = new HttpEngine(control, fetching);
  TestCaseProtocol.prototype.loadGraphData = function loadGraphData() {
    return engine.load(this.graphData); // by the control address: the endpoint takes no updates
  };
  for (const [url, wanted] of Object.entries(suites)) {
    const tests = await read(url, wanted, fetching);
    const results = [];
    const config = { customEngingeOptions: {}, timeOutDuration: TIME_LIMIT_MS };
    const suite = { testEntries: tests.map(test => prepared(test, engine)) };
    await new TestSuiteRunner().runManifestConcrete(suite, engine, config, results);
    results.forEach(write);
  }
}

// The tests of a manifest, those of the same data together; by their names, since rdf-test-suite does not find a
// manifest that is a blank node.
async function read(url, wanted, fetching) {
  const loader = new RdfObjectLoader({ context: ManifestLoader.loaderContext });
  const [, quads] = await Util.fetchRdf(url, fetching);
  await loader.import(quads);
  const handlers = ManifestLoader.defaultTestCaseHandlers;
  const tests = wanted.map(test => testCaseFromResource(handlers, fetching, loader.resources[test], true));
  return (await Promise.all(tests)).flat().sort((one, other) => dataOf(one).localeCompare(dataOf(other)));
}

function dataOf(test) {
  return JSON.stringify(test.queryDataLinks ?? test.graphDataLinks ?? []);
}

// The same test, which tells the engine where its expected result stands, finds rows the same whatever the names of
// their blank nodes, and fails of an answer that is no answer.
function prepared(test, engine) {
  if (test.queryResult?.type === 'bindings' && !test.queryResult.checkOrder) {
    const asItIs = test.queryResult.equals.bind(test.queryResult);
    test.queryResult.equals = (that, lax) => asItIs(that, lax) || (!lax && sameRows(test.queryResult, that));
  }
  const original = test.test.bind(test);
  test.test = async (_, options) => {
    engine.unexpected = null;
    const endpoint = await endpointOf(test, engine);
    await original(engine, {
      ...options,
      resultUrl: test.resultSource?.url,
      protocolEndpoint: endpoint,
      serviceDescriptionEndpoint: endpoint,
    });
    if (engine.unexpected) {
      throw engine.unexpected;
    }
  };
  return test;
}

// What tests of the protocol and of the service description are sent to; the data of other tests come with them.
async function endpointOf(test, engine) {
  return test.queryString === undefined ? await engine.load(test.graphData ?? []) : undefined;
}

function write({ test, ok, error }) {
  process.stdout.write(`${JSON.stringify({ test: test.uri, ok, error: ok ? undefined : String(error) })}\n`);
}

async function readAll(stream) {
  const pieces = [];
  for await (const piece of stream) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 2;
});
