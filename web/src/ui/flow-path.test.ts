import { expect, test } from 'vitest'
import { ahead } from './flow-path.ts'

const flow = {
  submitted: { accept: 'accepted', ask: 'infoRequested', reject: 'rejected' },
  infoRequested: { supply: 'submitted' },
  accepted: { close: 'closed' },
  closed: {},
  rejected: {},
} as const
const main = ['submitted', 'accepted', 'closed'] as const

test('what lies ahead is the rest of the straight way', () => {
  expect(ahead(flow, main, 'submitted')).toEqual(['accepted', 'closed'])
  expect(ahead(flow, main, 'closed')).toEqual([])
})

test('beside the way it goes on where it joins again; after an end there is nothing', () => {
  expect(ahead(flow, main, 'infoRequested')).toEqual(['submitted', 'accepted', 'closed'])
  expect(ahead(flow, main, 'rejected')).toEqual([])
})
