// Rows that are the same up to the names of their blank nodes, which rdf-test-suite sees only when they come in order.
'use strict';

const { DataFactory } = require('n3');
const { isomorphic } = require('rdf-isomorphic');
const { QueryResultBindings } = require('rdf-test-suite');

// Whether two answers in rows hold the same rows in any order; values are compared as rdf-test-suite compares them.
function sameRows(expected, actual) {
  return expected.type === 'bindings' && actual.type === 'bindings' &&
    expected.variables.toSorted().join() === actual.variables.toSorted().join() &&
    isomorphic(graphOf(expected.value), graphOf(actual.value));
}

// The rows as a graph: a blank node a row, a property a variable.
function graphOf(rows) {
  return rows.flatMap((row, index) => {
    const subject = DataFactory.blankNode(`row${index}`);
    const cells = Object.entries(row).map(([variable, term]) => triple(subject, variable, valueOf(term)));
    return [triple(subject, 'row', DataFactory.literal('')), ...cells];
  });
}

function triple(subject, name, object) {
  return DataFactory.quad(subject, DataFactory.namedNode(`urn:${name}`), object);
}

function valueOf(term) {
  switch (term.termType) {
    case 'Literal':
      return DataFactory.literal(JSON.stringify(QueryResultBindings.serializeTerm(term, {})));
    case 'BlankNode':
      return DataFactory.blankNode(`value${term.value}`);
    default:
      return term;
  }
}

module.exports = { sameRows };
