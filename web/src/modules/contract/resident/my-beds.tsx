import { contractApi } from '@tongmai/api/contract'
import { useDates } from '../../../kernel/use-dates.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Dial, Row } from '../../../ui/light/block.tsx'
import { myContractWords } from './words.ts'

/** My bed at home: since when, what is done and how often, who to ring. */
export function MyBeds() {
  const t = useWords(myContractWords)
  const { briefly } = useDates()
  const read = useRead(contractApi.listMyBeds, { query: { limit: 10 } }, { live: ['contract'] })
  const beds = read.data?.items.filter((one) => one.status !== 'closed') ?? []
  return beds.map((one) => (
    <Block key={one.id} title={t('bed')}>
      <Row
        title={one.openedOn ? t('bed.since', { on: one.openedOn }) : t('bed.proposed')}
        detail={[one.doctor, one.nurse].filter(Boolean).join('、')}
      />
      <Row title={t('bed.plan')} detail={one.plan} />
      {one.orders.map((order) => (
        <Row key={order.id} title={order.what} end={t(`bed.per.${order.per}`, { times: order.times })} />
      ))}
      {one.lastAt && <Row title={t('bed.last')} end={briefly(one.lastAt)} />}
      {one.reviewOn && <Row title={t('bed.review')} end={one.reviewOn} />}
      {one.teamPhone && <Dial name={t('call')} phone={one.teamPhone} />}
    </Block>
  ))
}
