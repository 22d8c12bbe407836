import { contractApi } from '@tongmai/api/contract'
import { isInForce } from '@tongmai/api/contract/flow'
import type { MyContract } from '@tongmai/api/contract/mine'
import { residentApi } from '@tongmai/api/resident'
import { Fragment, useState } from 'react'
import { openDocument } from '../../../kernel/open-document.ts'
import { Refused } from '../../../kernel/refused.ts'
import { goSmall } from '../../../kernel/small-route.tsx'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWaiting } from '../../../kernel/use-send.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Dial, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { MyBeds } from './my-beds.tsx'
import { MySurveys } from './my-survey.tsx'
import { myContractWords } from './words.ts'

const useMine = () => useRead(contractApi.listMine, { query: { limit: 20 } }, { live: ['contract'] })
const isOpen = (one: MyContract): boolean => isInForce(one.status) || one.status === 'pendingReview'

/** My contracts and those of whom I stand for: what binds now on top, then what was. */
export function MyContracts() {
  const t = useWords(myContractWords)
  const read = useMine()
  const people = useRead(residentApi.readMe, {}).data ?? []
  const waits = useWaiting(contractApi.apply).length > 0
  const whose = (id: string) => (people.length > 1 ? people.find((one) => one.id === id)?.name : undefined)
  return (
    <Known read={read}>
      {({ items }) => {
        const open = items.filter(isOpen)
        const past = items.filter((one) => !isOpen(one))
        const covered = people.every((person) => open.some((one) => one.residentId === person.id))
        return (
          <>
            {waits && <p className="me-note">{t('apply.waits')}</p>}
            {open.length === 0 && !waits && (
              <Block title={t('none')}>
                <p className="me-quiet">{t('none-hint')}</p>
              </Block>
            )}
            {open.map((one) => (
              <Fragment key={one.id}>
                <One one={one} whose={whose(one.residentId)} />
                {mayRenew(one, open) && !waits && (
                  <Button onClick={() => goSmall(`/doctor/renew/${one.id}`)}>{t('renew')}</Button>
                )}
              </Fragment>
            ))}
            {open.some((one) => isInForce(one.status)) && (
              <Button onClick={() => goSmall('/doctor/ask')}>{t('ask')}</Button>
            )}
            {!covered && !waits && <Button onClick={() => goSmall('/doctor/choose')}>{t('apply')}</Button>}
            <MySurveys />
            <MyBeds />
            <MyVisits />
            <MyServices />
            {past.length > 0 && (
              <Block title={t('earlier')}>
                {past.map((one) => (
                  <Row
                    key={one.id}
                    title={[whose(one.residentId), one.team].filter(Boolean).join(' · ')}
                    detail={[t(`now.${one.status}`), one.endNote].filter(Boolean).join('：')}
                    end={one.endsOn}
                  />
                ))}
              </Block>
            )}
          </>
        )
      }}
    </Known>
  )
}

/** In its last days, and nothing follows it yet. */
const mayRenew = (one: MyContract, open: readonly MyContract[]): boolean =>
  one.status === 'expiring' && !open.some((other) => other !== one && other.residentId === one.residentId)

function One({ one, whose }: { one: MyContract; whose: string | undefined }) {
  const t = useWords(myContractWords)
  const [asks, setAsks] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const done = { touches: ['contract'] }
  const withdraw = useWrite(contractApi.withdrawMine, done)
  const rescind = useWrite(contractApi.rescindMine, done)
  const params = { id: one.id }
  const paper = () =>
    void openDocument(contractApi.myDocument, { params }).catch((error: unknown) => {
      if (error instanceof Refused) setRefused(error)
    })
  const hospitals = [one.secondary, one.tertiary].filter(Boolean).join('、')
  return (
    <Block title={[whose, one.upcoming ? t('upcoming') : t(`now.${one.status}`)].filter(Boolean).join('：')}>
      <Row title={t('doctor')} detail={`${one.doctor} · ${one.team} · ${one.community}`} />
      {hospitals && <Row title={t('hospitals')} detail={hospitals} />}
      <Row title={t('packages')} detail={one.packages.join('、')} />
      <Row title={t('until')} end={one.endsOn} />
      {one.teamPhone && <Dial name={t('call')} phone={one.teamPhone} />}
      <Sorry refused={refused ?? withdraw.error ?? rescind.error} />
      {one.status === 'pendingReview' ? (
        <Button quiet busy={withdraw.isPending} onClick={() => withdraw.mutate({ params })}>
          {t('withdraw')}
        </Button>
      ) : (
        <Button quiet onClick={paper}>
          {t('paper')}
        </Button>
      )}
      {one.status !== 'pendingReview' && !asks && (
        <Button quiet onClick={() => setAsks(true)}>
          {t('rescind')}
        </Button>
      )}
      {asks && (
        <>
          <p>{t('rescind.note')}</p>
          <Button quiet onClick={() => setAsks(false)}>
            {t('keep')}
          </Button>
          <Button
            busy={rescind.isPending}
            onClick={() => rescind.mutate({ params, body: { reason: 'residentWish' } })}
          >
            {t('rescind.sure')}
          </Button>
        </>
      )}
    </Block>
  )
}

/** Who comes to my home, and when. */
function MyVisits() {
  const t = useWords(myContractWords)
  const { briefly } = useDates()
  const read = useRead(contractApi.listMyVisits, { query: { limit: 10 } }, { live: ['contract'] })
  const coming = read.data?.items.filter((one) => one.status !== 'done') ?? []
  if (coming.length === 0) return null
  return (
    <Block title={t('visits')}>
      {coming.map((one) => (
        <Row
          key={one.id}
          title={one.reason}
          detail={[one.on, one.by].join(' · ')}
          end={one.arrivesAt ? t('visits.about', { at: briefly(one.arrivesAt) }) : t('visits.that-day')}
        />
      ))}
    </Block>
  )
}

/** What is due to me and what I was given, the newest first. */
function MyServices() {
  const t = useWords(myContractWords)
  const due = useRead(
    contractApi.listMyServices,
    { query: { status: 'due', limit: 5 } },
    { live: ['contract'] },
  )
  const done = useRead(
    contractApi.listMyServices,
    { query: { status: 'done', limit: 10 } },
    { live: ['contract'] },
  )
  const { day } = useDates()
  return (
    <>
      {due.data && due.data.items.length > 0 && (
        <Block title={t('due')}>
          {due.data.items.map((one) => (
            <Row key={one.id} title={one.item} detail={t('due.by', { day: one.dueOn })} />
          ))}
        </Block>
      )}
      {done.data && done.data.items.length > 0 && (
        <Block title={t('done')}>
          {done.data.items.map((one) => (
            <Row key={one.id} title={one.item} detail={one.doneBy} end={one.doneAt && day(one.doneAt)} />
          ))}
        </Block>
      )}
    </>
  )
}

/** What I am due next. */
function NextService() {
  const t = useWords(myContractWords)
  const due = useRead(
    contractApi.listMyServices,
    { query: { status: 'due', limit: 5 } },
    { live: ['contract'] },
  )
  const next = due.data?.items[0]
  return next ? (
    <Row title={t('due')} detail={`${next.item} · ${t('due.by', { day: next.dueOn })}`} to="/doctor" />
  ) : null
}

/** On the first page: who my doctor is and what I am due next, or that I have none yet. */
export function MyDoctorCard() {
  const t = useWords(myContractWords)
  const read = useMine()
  if (!read.data) return null
  const now = read.data.items.find(isOpen)
  return (
    <Block title={t('title')}>
      {now ? (
        <>
          <Row title={now.doctor} detail={`${now.team} · ${t(`now.${now.status}`)}`} to="/doctor" />
          <NextService />
          {isInForce(now.status) && <Row title={t('ask')} detail={t('ask.detail')} to="/doctor/ask" />}
        </>
      ) : (
        <Row title={t('apply')} detail={t('none')} to="/doctor/choose" />
      )}
    </Block>
  )
}
