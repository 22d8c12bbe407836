import { contractApi } from '@tongmai/api/contract'
import type { PanelDoctor } from '@tongmai/api/contract/book'
import type { MyContract } from '@tongmai/api/contract/mine'
import type { ServicePackage } from '@tongmai/api/contract/package'
import { residentApi } from '@tongmai/api/resident'
import { useSmallParam } from '../../../kernel/small-route.tsx'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices, Ticks } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { type Chosen, nothingChosen, RENEWAL_STEP } from './chosen.ts'
import { CommunityStep } from './community-step.tsx'
import { HospitalStep } from './hospital-step.tsx'
import { SignStep } from './sign-step.tsx'
import { myContractWords } from './words.ts'

const STEPS = 5

/** Choosing a community, a doctor, hospitals and packages, one question after the other, and signing. */
export const ApplyPage = () => <Applying draft="contract.apply" begin={nothingChosen} />

/** Signing the next term with the same team: what was chosen before is chosen, as far as it is still offered. */
export function RenewPage() {
  const t = useWords(myContractWords)
  const id = useSmallParam('id')
  const mine = useRead(contractApi.listMine, { query: { limit: 20 } })
  const one = mine.data?.items.find((each) => each.id === id)
  if (mine.data && !one) return <p className="me-quiet">{t('none')}</p>
  return one ? <Renewing one={one} /> : <Known read={mine}>{() => null}</Known>
}

function Renewing({ one }: { one: MyContract }) {
  const { communityId, again, residentId } = one
  const read = useRead(contractApi.listMyChoices, { query: { communityId } })
  return (
    <Known read={read}>
      {({ packages, hospitals }) => {
        const still = (id: string | null) => hospitals.find((each) => each.id === id)?.id ?? ''
        const begin: Chosen = {
          ...{ communityId, doctor: `${again.teamId} ${again.doctorId}`, who: [residentId] },
          ...{ secondaryId: still(again.secondaryId), tertiaryId: still(again.tertiaryId) },
          packageIds: packages.filter(({ code }) => again.packageCodes.includes(code)).map(({ id }) => id),
          ...{ changesTeam: true, renews: true, step: RENEWAL_STEP },
        }
        return <Applying draft={`contract.renew:${one.id}`} begin={begin} />
      }}
    </Known>
  )
}

function Applying({ draft, begin }: { draft: string; begin: Chosen }) {
  const t = useWords(myContractWords)
  const form = useForm(draft, begin)
  const people = useRead(residentApi.readMe, {}).data ?? []
  const { value, change } = form
  const who = value.who.length > 0 ? value.who : people.slice(0, 1).map((one) => one.id)
  const chosen = { ...value, who }
  const go = (step: number) => {
    change({ step })
    scrollTo(0, 0)
  }
  return (
    <>
      <DraftNote form={form} />
      <p className="me-quiet">
        {chosen.renews ? t('renew.note') : t('apply.step', { step: chosen.step + 1, steps: STEPS })}
      </p>
      {chosen.step === 0 ? (
        <CommunityStep
          communityId={chosen.communityId}
          onChoose={(communityId) => change({ ...nothingChosen, communityId })}
        />
      ) : (
        <Asked chosen={chosen} onChange={change} people={people} onDone={form.discard} />
      )}
      {chosen.step < STEPS - 1 && (
        <Button busy={!isAnswered(chosen)} onClick={() => go(chosen.step + 1)}>
          {t('next')}
        </Button>
      )}
      {chosen.step > (chosen.renews ? RENEWAL_STEP : 0) && (
        <Button quiet onClick={() => go(chosen.step - 1)}>
          {t('apply.before')}
        </Button>
      )}
    </>
  )
}

const isAnswered = ({ step, communityId, doctor, packageIds }: Chosen): boolean =>
  [communityId !== '', doctor !== '', true, packageIds.length > 0][step] ?? true

interface AskedProps {
  readonly chosen: Chosen
  readonly onChange: (change: Partial<Chosen>) => void
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly onDone: () => void
}

/** The questions about one community. */
function Asked({ chosen, onChange, people, onDone }: AskedProps) {
  const { communityId, step } = chosen
  const read = useRead(contractApi.listMyChoices, { query: { communityId } })
  return (
    <Known read={read}>
      {({ doctors, hospitals, packages, from, roads }) => (
        <>
          {step === 1 && <Doctors {...{ doctors, chosen, onChange }} />}
          {step === 2 && <HospitalStep {...{ hospitals, from, roads, chosen, onChange }} />}
          {step === 3 && <Packages {...{ packages, people, chosen, onChange }} />}
          {step === 4 && <SignStep {...{ chosen, onDone }} />}
        </>
      )}
    </Known>
  )
}

type ChoiceProps = Pick<AskedProps, 'chosen' | 'onChange'>

function Doctors({ doctors, chosen, onChange }: ChoiceProps & { doctors: readonly PanelDoctor[] }) {
  const t = useWords(myContractWords)
  return (
    <Block title={t('apply.doctor')}>
      <Choices
        name={t('apply.doctor')}
        value={chosen.doctor}
        options={doctors.map((one) => ({
          value: `${one.teamId} ${one.doctorId}`,
          label: `${one.doctor} · ${one.team}`,
          detail: one.held < one.limit ? t('apply.free', { free: one.limit - one.held }) : t('apply.full'),
          disabled: one.held >= one.limit,
        }))}
        onChange={(doctor) => onChange({ doctor })}
      />
    </Block>
  )
}

interface PackagesProps extends ChoiceProps {
  readonly packages: readonly ServicePackage[]
  readonly people: AskedProps['people']
}

function Packages({ packages, people, chosen, onChange }: PackagesProps) {
  const t = useWords(myContractWords)
  return (
    <>
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
          onChange={(packageIds) => onChange({ packageIds })}
        />
      </Block>
      {people.length > 1 && !chosen.renews && (
        <Block title={t('apply.who')}>
          <Ticks
            values={chosen.who}
            options={people.map((one) => ({ value: one.id, label: one.name }))}
            onChange={(who) => onChange({ who })}
          />
        </Block>
      )}
      {!chosen.renews && (
        <Block>
          <Ticks
            values={chosen.changesTeam ? ['yes'] : []}
            options={[{ value: 'yes', label: t('apply.changes') }]}
            onChange={(values) => onChange({ changesTeam: values.length > 0 })}
          />
        </Block>
      )}
    </>
  )
}
