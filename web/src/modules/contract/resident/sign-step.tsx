import { contractApi } from '@tongmai/api/contract'
import { residentApi } from '@tongmai/api/resident'
import { useCallback, useState } from 'react'
import { goSmall } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices, Ticks } from '../../../ui/light/choices.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import type { Chosen } from './chosen.ts'
import { type MySign, MySignature } from './my-signature.tsx'
import { myContractWords } from './words.ts'

/** Who signs for another, by GB/T 4761: parent, son, daughter, spouse, somebody else. */
const relations = ['5', '2', '3', '1', '8'] as const

const touches = ['contract']

/** Reading what one signs, saying what one is to those one signs for, and signing. */
export function SignStep({ chosen, onDone }: { chosen: Chosen; onDone: () => void }) {
  const t = useWords(myContractWords)
  const consent = useRead(contractApi.readConsent, {})
  const people = useRead(residentApi.readMe, {}).data ?? []
  const [agreed, setAgreed] = useState(false)
  const [relation, setRelation] = useState<(typeof relations)[number] | ''>('')
  const [signed, setSigned] = useState<MySign | null>(null)
  const apply = useSend(contractApi.apply, {
    what: 'contract.apply.title',
    touches,
    onKept: useCallback(() => {
      onDone()
      goSmall('/doctor')
    }, [onDone]),
  })
  // Whoever signs for others only says what they are to them; signing for oneself, one signs as oneself.
  const forOthers = !chosen.who.includes(people[0]?.id ?? '')
  const others = people.filter((one) => chosen.who.includes(one.id)).map((one) => one.name)
  const [teamId = '', doctorId = ''] = chosen.doctor.split(' ')
  const send = (version: string) =>
    signed &&
    void apply.send(
      {
        body: {
          ...{ teamId, doctorId, consentVersion: version },
          ...{ secondaryId: chosen.secondaryId || null, tertiaryId: chosen.tertiaryId || null },
          signature: {
            kind: signed.kind,
            signer: people[0]?.name ?? '',
            relation: forOthers ? relation || '0' : '0',
            hash: signed.kind === 'drawn' ? signed.hash : null,
            code: signed.kind === 'sms' ? signed.code : null,
          },
          members: chosen.who.map((residentId) => ({
            ...{ residentId, packageIds: [...chosen.packageIds], changesTeam: chosen.changesTeam },
          })),
        },
      },
      signed.kind === 'drawn' ? [signed.hash] : [],
    )
  return (
    <Known read={consent}>
      {({ text, version }) => (
        <>
          <Block title={t('apply.text')}>
            <p style={{ whiteSpace: 'pre-line' }}>{text}</p>
            <Ticks
              values={agreed ? ['yes'] : []}
              options={[{ value: 'yes', label: t('apply.agree') }]}
              onChange={(values) => setAgreed(values.length > 0)}
            />
          </Block>
          {forOthers && (
            <Block title={t('apply.i-am', { name: others.join('、') })}>
              <Choices
                name={t('apply.i-am', { name: others.join('、') })}
                value={relation}
                options={relations.map((value) => ({ value, label: t(`apply.relation.${value}`) }))}
                onChange={(next) => setRelation(relations.find((one) => one === next) ?? '')}
              />
            </Block>
          )}
          <MySignature onChange={setSigned} />
          <Sorry refused={apply.error} />
          <Button
            busy={!agreed || !signed || (forOthers && !relation) || apply.busy}
            onClick={() => send(version)}
          >
            {t('apply.send')}
          </Button>
        </>
      )}
    </Known>
  )
}
