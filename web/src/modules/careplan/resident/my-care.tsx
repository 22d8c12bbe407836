import { careplanApi } from '@tongmai/api/careplan'
import type { MyFollowUp, MyPlan } from '@tongmai/api/careplan/mine'
import { residentApi } from '@tongmai/api/resident'
import { Fragment } from 'react'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Known } from '../../../ui/light/known.tsx'
import { myCareWords } from './words.ts'

const live = { live: ['careplan'] }
const usePlans = () => useRead(careplanApi.listMyPlans, {}, live)

/** Whose it is, where one stands for others too. */
function useWhose(): (residentId: string) => string | undefined {
  const people = useRead(residentApi.readMe, {}).data ?? []
  return (id) => (people.length > 1 ? people.find((one) => one.id === id)?.name : undefined)
}

/** What I am to do, what to reach, when I am seen next. */
export function MyCare() {
  const t = useWords(myCareWords)
  const whose = useWhose()
  const read = usePlans()
  return (
    <Known read={read}>
      {(plans) => (
        <>
          {plans.length === 0 && (
            <Block title={t('none')}>
              <p className="me-quiet">{t('none-hint')}</p>
            </Block>
          )}
          {plans.map((one) => (
            <Plan key={one.id} one={one} whose={whose(one.residentId)} />
          ))}
          <FollowUps />
        </>
      )}
    </Known>
  )
}

function Plan({ one, whose }: { one: MyPlan; whose: string | undefined }) {
  const t = useWords(myCareWords)
  return (
    <Block title={[whose, one.name].filter(Boolean).join(' · ')}>
      <p>
        <b>{t('plain')}</b>
        <br />
        {one.plain}
      </p>
      {one.goals.map((goal) => (
        <Row key={goal.text} title={goal.text} end={goal.target} />
      ))}
      {one.lastOn && (
        <Row title={t('last')} detail={t(one.lastControlled ? 'good' : 'bad')} end={one.lastOn} />
      )}
      {one.nextOn && <Row title={t('next')} end={one.nextOn} />}
      <Row title={t('doctor')} detail={[one.doctor, one.institution].filter(Boolean).join(' · ')} />
    </Block>
  )
}

function FollowUps() {
  const t = useWords(myCareWords)
  const { now, day } = useDates()
  const whose = useWhose()
  const due = useRead(careplanApi.listMyFollowUps, { query: { status: 'due', limit: 10 } }, live)
  const done = useRead(careplanApi.listMyFollowUps, { query: { status: 'done', limit: 10 } }, live)
  const today = day(now)
  return (
    <>
      {due.data && due.data.items.length > 0 && (
        <Block title={t('coming')}>
          {due.data.items.map((one) => (
            <Fragment key={one.id}>
              <Row
                title={[whose(one.residentId), one.reason].filter(Boolean).join(' · ')}
                detail={one.dueOn < today ? t('late') : one.institution}
                end={one.dueOn}
                to={`/careplan/${one.id}/prepare`}
              />
              <ToAnswer one={one} />
            </Fragment>
          ))}
        </Block>
      )}
      {done.data && done.data.items.length > 0 && (
        <Block title={t('done')}>
          {done.data.items.map((one) => (
            <Row
              key={one.id}
              title={[whose(one.residentId), one.reason].filter(Boolean).join(' · ')}
              detail={one.institution}
              end={one.doneOn}
            />
          ))}
        </Block>
      )}
    </>
  )
}

/** The questions of a follow-up, where they may be answered now, or what was answered. */
function ToAnswer({ one }: { one: MyFollowUp }) {
  const t = useWords(myCareWords)
  if (!one.mayAnswer && !one.answeredAt) return null
  return <Row title={t(one.mayAnswer ? 'answer.open' : 'answer.given')} to={`/careplan/${one.id}/answer`} />
}

/** On the first page: what I have to do, when I am seen next, and where I write down what I measure. */
export function MyCareCard() {
  const t = useWords(myCareWords)
  const read = usePlans()
  const due = useRead(careplanApi.listMyFollowUps, { query: { status: 'due', limit: 10 } }, live)
  const whose = useWhose()
  if (!read.data) return null
  const [first] = read.data
  return (
    <Block title={t('title')}>
      {first && (
        <Row title={first.name} detail={first.nextOn && `${t('next')} ${first.nextOn}`} to="/careplan" />
      )}
      {due.data?.items
        .filter((one) => one.mayAnswer)
        .map((one) => (
          <Row
            key={one.id}
            title={t('answer.title')}
            detail={[whose(one.residentId), one.reason, one.dueOn].filter(Boolean).join(' · ')}
            to={`/careplan/${one.id}/answer`}
          />
        ))}
      <Row title={t('reading.title')} detail={t('reading.write')} to="/readings" />
    </Block>
  )
}
