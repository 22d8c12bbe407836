import { contractApi } from '@tongmai/api/contract'
import { residentApi } from '@tongmai/api/resident'
import { useState } from 'react'
import { Refused } from '../../../kernel/refused.ts'
import { goSmall } from '../../../kernel/small-route.tsx'
import { upload } from '../../../kernel/upload.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices, Ticks } from '../../../ui/light/choices.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { SignPad } from '../../../ui/light/sign-pad.tsx'
import { myContractWords } from './words.ts'

interface Chosen {
  readonly doctor: string
  readonly secondaryId: string
  readonly tertiaryId: string
  readonly packageIds: readonly string[]
  readonly who: readonly string[]
  readonly changesTeam: boolean
}
const nothing: Chosen = {
  ...{ doctor: '', secondaryId: '', tertiaryId: '', packageIds: [], who: [], changesTeam: false },
}

/** Choosing a doctor, hospitals and packages, one question after the other, and signing. */
export function ApplyPage() {
  const t = useWords(myContractWords)
  const [communityId, setCommunity] = useState('')
  const all = useRead(contractApi.listMyChoices, { query: {} })
  return (
    <Known read={all}>
      {({ doctors }) => {
        const communities = [...new Map(doctors.map((one) => [one.communityId, one.community]))]
        if (communityId) return <Choose communityId={communityId} onBack={() => setCommunity('')} />
        return (
          <Block title={t('apply.community')}>
            <Choices
              name={t('apply.community')}
              value={communityId}
              options={communities.map(([value, label]) => ({ value, label }))}
              onChange={setCommunity}
            />
          </Block>
        )
      }}
    </Known>
  )
}

function Choose({ communityId, onBack }: { communityId: string; onBack: () => void }) {
  const t = useWords(myContractWords)
  const [chosen, setChosen] = useState(nothing)
  const [signs, setSigns] = useState(false)
  const read = useRead(contractApi.listMyChoices, { query: { communityId } })
  const people = useRead(residentApi.readMe, {}).data ?? []
  const set = (change: Partial<Chosen>) => setChosen({ ...chosen, ...change })
  const who = chosen.who.length > 0 ? chosen.who : people.slice(0, 1).map((one) => one.id)
  if (signs) return <SignStep chosen={{ ...chosen, who }} onBack={() => setSigns(false)} />
  const none = { value: '', label: t('apply.none') }
  return (
    <Known read={read}>
      {({ doctors, hospitals, packages }) => (
        <>
          <Block title={t('apply.doctor')}>
            <Choices
              name={t('apply.doctor')}
              value={chosen.doctor}
              options={doctors.map((one) => ({
                value: `${one.teamId} ${one.doctorId}`,
                label: `${one.doctor} · ${one.team}`,
                detail:
                  one.held < one.limit ? t('apply.free', { free: one.limit - one.held }) : t('apply.full'),
                disabled: one.held >= one.limit,
              }))}
              onChange={(doctor) => set({ doctor })}
            />
          </Block>
          {(['secondary', 'tertiary'] as const).map((tier) => (
            <Block key={tier} title={t(`apply.${tier}`)}>
              <Choices
                name={t(`apply.${tier}`)}
                value={chosen[`${tier}Id`]}
                options={[
                  none,
                  ...hospitals
                    .filter((one) => one.tier === tier)
                    .map((one) => ({ value: one.id, label: one.name })),
                ]}
                onChange={(id) => set({ [`${tier}Id`]: id })}
              />
            </Block>
          ))}
          <Block title={t('apply.packages')}>
            <Ticks
              values={chosen.packageIds}
              options={packages.map((one) => ({
                value: one.id,
                label: one.name,
                detail:
                  one.personalFen > 0
                    ? t('apply.year', { yuan: (one.personalFen / 100).toFixed(0) })
                    : t('apply.free-of-charge'),
              }))}
              onChange={(packageIds) => set({ packageIds })}
            />
          </Block>
          {people.length > 1 && (
            <Block title={t('apply.who')}>
              <Ticks
                values={who}
                options={people.map((one) => ({ value: one.id, label: one.name }))}
                onChange={(ids) => set({ who: ids })}
              />
            </Block>
          )}
          <Ticks
            values={chosen.changesTeam ? ['yes'] : []}
            options={[{ value: 'yes', label: t('apply.changes') }]}
            onChange={(values) => set({ changesTeam: values.length > 0 })}
          />
          <Button quiet onClick={onBack}>
            {t('back')}
          </Button>
          <Button busy={!chosen.doctor || chosen.packageIds.length === 0} onClick={() => setSigns(true)}>
            {t('next')}
          </Button>
        </>
      )}
    </Known>
  )
}

/** Who signs for another, by GB/T 4761: parent, son, daughter, spouse, somebody else. */
const relations = ['5', '2', '3', '1', '8'] as const

function SignStep({ chosen, onBack }: { chosen: Chosen; onBack: () => void }) {
  const t = useWords(myContractWords)
  const consent = useRead(contractApi.readConsent, {})
  const people = useRead(residentApi.readMe, {}).data ?? []
  const [agreed, setAgreed] = useState(false)
  const [relation, setRelation] = useState<(typeof relations)[number] | ''>('')
  const [hash, setHash] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const apply = useWrite(contractApi.apply, { touches: ['contract'], onDone: () => goSmall('/doctor') })
  const keep = async (picture: File | null) => {
    setHash(null)
    setRefused(null)
    if (!picture) return
    try {
      setHash((await upload(picture)).hash)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error)
    }
  }
  // Whoever signs for others only says what they are to them; signing for oneself, one signs as oneself.
  const forOthers = !chosen.who.includes(people[0]?.id ?? '')
  const others = people.filter((one) => chosen.who.includes(one.id)).map((one) => one.name)
  const [teamId = '', doctorId = ''] = chosen.doctor.split(' ')
  const send = (version: string) =>
    apply.mutate({
      body: {
        ...{ teamId, doctorId, consentVersion: version },
        ...{ secondaryId: chosen.secondaryId || null, tertiaryId: chosen.tertiaryId || null },
        signature: {
          kind: 'drawn',
          signer: people[0]?.name ?? '',
          relation: forOthers ? relation || '0' : '0',
          hash,
          code: null,
        },
        members: chosen.who.map((residentId) => ({
          ...{ residentId, packageIds: [...chosen.packageIds], changesTeam: chosen.changesTeam },
        })),
      },
    })
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
          <Block title={t('apply.sign')}>
            <SignPad
              label={t('apply.sign')}
              clearLabel={t('apply.clear')}
              onChange={(picture) => void keep(picture)}
            />
          </Block>
          <Sorry refused={refused ?? apply.error} />
          <Button quiet onClick={onBack}>
            {t('back')}
          </Button>
          <Button
            busy={!agreed || !hash || (forOthers && !relation) || apply.isPending}
            onClick={() => send(version)}
          >
            {t('apply.send')}
          </Button>
        </>
      )}
    </Known>
  )
}
