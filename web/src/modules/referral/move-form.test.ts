import { referralMoveApi } from '@tongmai/api/referral/move'
import type { Referral } from '@tongmai/api/referral/shape'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { begin, bodyOf, isReady, type MoveTyped } from './move-form.ts'

const NOW = new Date('2026-11-26T02:00:00Z')
const someone = { value: '01a21640-61b9-7000-a8c5-bebdf698ab6a', label: '心血管内科' }
const referral = { offer: null, arrangement: null, toDepartment: null, toPractitioner: null, form: {} }
const reasons: Readonly<Record<string, string>> = {
  reject: 'betterElsewhere',
  redirect: 'noCapacity',
  settle: 'treatedHere',
  withdraw: 'improved',
  decline: 'cost',
  cancel: 'died',
  close: 'noFurtherCare',
}

/** Everything that a person can type, whatever the move. */
const typedFor = (move: keyof typeof referralMoveApi): MoveTyped => ({
  ...begin(referral as unknown as Referral, move, NOW),
  ...{ comment: '说明', advice: '两周后复查', reason: reasons[move] ?? null, at: NOW, placeKind: 'bed' },
  ...{ department: someone, doctor: someone, target: someone, alternative: someone, placeId: someone.value },
  ...{ diagnosisCode: 'I20.0', diagnosisText: '不稳定型心绞痛', summary: '好转出院', note: '平稳' },
})

test.each(Object.keys(referralMoveApi) as (keyof typeof referralMoveApi)[])(
  'what a person types for %s is what the server asks for',
  (move) => {
    const typed = typedFor(move)
    expect(isReady(move, typed)).toBe(true)
    const body = { ...bodyOf(move, typed, NOW), version: 3 }
    const encoded = z.safeEncode(referralMoveApi[move].body as z.ZodMiniType, body as never)
    expect(encoded.error?.issues ?? []).toEqual([])
  },
)
