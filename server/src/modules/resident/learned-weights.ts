import type { MatchWeights } from './match-weight.ts'

/** Learned by `node bench/match-learn.ts`: shares among pairs of one person (m) and of two (u). */
export const matchWeights: MatchWeights = {
  name: {
    same: {
      m: 0.857,
      u: 0.00001072,
    },
    script: {
      m: 0.0262,
      u: 0.000001,
    },
    reversed: {
      m: 0.01811,
      u: 0.000001,
    },
    homophone: {
      m: 0.05296,
      u: 0.00001276,
    },
    near: {
      m: 0.0153,
      u: 0.000007654,
    },
    shortened: {
      m: 0.01736,
      u: 0.0001133,
    },
    'one-other': {
      m: 0.009744,
      u: 0.0002419,
    },
    family: {
      m: 0.002397,
      u: 0.03126,
    },
    different: {
      m: 0.0008842,
      u: 0.9684,
    },
  },
  sex: {
    same: {
      m: 0.9917,
      u: 0.5003,
    },
    different: {
      m: 0.008254,
      u: 0.4997,
    },
  },
  birthDate: {
    same: {
      m: 0.9234,
      u: 0.00004688,
    },
    lunar: {
      m: 0.0569,
      u: 0.00007161,
    },
    swapped: {
      m: 0.006529,
      u: 0.00001494,
    },
    'one-slip': {
      m: 0.01243,
      u: 0.001235,
    },
    'two-parts': {
      m: 0.00005616,
      u: 0.003061,
    },
    year: {
      m: 0.0003103,
      u: 0.0123,
    },
    different: {
      m: 0.0003431,
      u: 0.9833,
    },
  },
  idNumber: {
    same: {
      m: 0.9695,
      u: 0.000006257,
    },
    'one-slip': {
      m: 0.02976,
      u: 0.000001,
    },
    different: {
      m: 0.0007507,
      u: 1,
    },
  },
  phone: {
    same: {
      m: 0.7542,
      u: 0.000006925,
    },
    'one-slip': {
      m: 0.02411,
      u: 0.000001,
    },
    different: {
      m: 0.2217,
      u: 1,
    },
  },
  address: {
    same: {
      m: 0.7351,
      u: 0.00004136,
    },
    within: {
      m: 0.1049,
      u: 0.000005556,
    },
    place: {
      m: 0.00003825,
      u: 0.0004692,
    },
    alike: {
      m: 0.003702,
      u: 0.02849,
    },
    different: {
      m: 0.1563,
      u: 0.971,
    },
  },
}
