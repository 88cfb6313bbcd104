// The engine that rdf-test-suite asks: it hands each test's data to the control address and sends its query over HTTP.
'use strict';

const { Readable } = require('node:stream');
const { DataFactory, Writer } = require('n3');
const { TestCaseQueryEvaluationHandler } = require('rdf-test-suite');

const ROWS = 'application/sparql-results+json';
const GRAPH = 'text/turtle';

// The media types to ask for, by the ending of the file that holds the expected result.
const ACCEPT = {
  srx: 'application/sparql-results+xml',
  srj: 'application/sparql-results+json',
  tsv: 'text/tab-separated-values',
};

// A FROM or FROM NAMED clause, whose graph the test expects to find under the address of its file.
const FROM = /\bFROM\s+(?:NAMED\s+)?<([^>]*)>/giu;

// An unknown function is no fault of syntax: who answers so has read the query.
const UNKNOWN_FUNCTION = /The custom function <[^>]*> is not supported/u;

// No answer, or one that is neither 200 nor 400, fails a test even where the test wants an error.
class Unexpected extends Error {}

class HttpEngine {
  // control: the address that takes a test's data (PUT) and says at which endpoint it can be asked about;
  // fetching: how rdf-test-suite finds the files of the tests.
  constructor(control, fetching) {
    this.control = control;
    this.fetching = fetching;
    this.unexpected = null;
    this.loaded = null;
  }

  // Makes the quads the whole dataset; resolves to the endpoint's address.
  async load(quads) {
    const text = await nquads(quads);
    if (this.loaded?.text !== text) {
      const response = await fetch(this.control, { method: 'PUT', body: text });
      const said = await response.text();
      if (!response.ok) {
        throw new Error(`the data cannot be loaded: ${said}`);
      }
      this.loaded = { text, endpoint: said };
    }
    return this.loaded.endpoint;
  }

  // Resolves when the query can be parsed; it is run over no data.
  async parse(query, options) {
    try {
      await this.ask([], query, `${ROWS}, ${GRAPH}`, options.baseIRI);
    } catch (error) {
      if (!UNKNOWN_FUNCTION.test(error.message)) {
        throw error;
      }
    }
  }

  // The answer as rdf-test-suite holds answers, read from the format in which the test states its own.
  async query(data, query, options) {
    const accept = ACCEPT[ending(options.resultUrl)] ?? `${ROWS}, ${GRAPH}`;
    const quads = [...data, ...await this.graphsOf(query, options.baseIRI)];
    const response = await this.ask(quads, query, accept, options.baseIRI);
    const type = response.headers.get('content-type');
    if (!accept.split(', ').includes(type.split(';')[0])) {
      throw new Error(`asked for ${accept}, got ${type}`);
    }
    const body = Readable.from([await response.text()], { objectMode: false });
    const result = await TestCaseQueryEvaluationHandler.parseQueryResult(type, options.baseIRI, body);
    result.checkOrder = options.checkOrder;
    return result;
  }

  // The answer's text in a media type, as a stream.
  async queryResultFormat(data, query, mediaType, options) {
    const response = await this.ask(data, query, mediaType, options.baseIRI);
    return Readable.from([await response.text()]);
  }

  // The response, whose status is 200; rejects for any other, and notes one that is not 400 either.
  async ask(data, query, accept, base) {
    this.unexpected = new Unexpected('no answer');
    const endpoint = await this.load(data);
    const headers = { 'content-type': 'application/sparql-query', accept };
    const response = await fetch(endpoint, { method: 'POST', headers, body: `BASE <${base}>\n${query}` });
    if (response.status === 200) {
      this.unexpected = null;
      return response;
    }
    const said = `${response.status} ${await response.text()}`;
    this.unexpected = response.status === 400 ? null : new Unexpected(said);
    throw new Error(said);
  }

  // The quads of the graphs that a query names, which no endpoint of ours fetches: they are loaded under their names.
  async graphsOf(query, base) {
    const quads = [];
    for (const [, reference] of query.matchAll(FROM)) {
      const url = new URL(reference, base).href;
      quads.push(...await TestCaseQueryEvaluationHandler.resolveQueryDataLinks([namedGraph(url)], this.fetching));
    }
    return quads;
  }
}

function namedGraph(url) {
  return { dataUri: url, dataGraph: DataFactory.namedNode(url) };
}

function ending(url) {
  return url?.slice(url.lastIndexOf('.') + 1);
}

function nquads(quads) {
  const writer = new Writer({ format: 'N-Quads' });
  writer.addQuads(quads);
  return new Promise((resolve, reject) => writer.end((error, text) => (error ? reject(error) : resolve(text))));
}

module.exports = { HttpEngine };
