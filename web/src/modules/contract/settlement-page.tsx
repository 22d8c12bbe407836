import { contractApi } from '@tongmai/api/contract'
import type { Settlement, SettlementInputs } from '@tongmai/api/contract/settlement'
import { Button } from 'antd'
import { useParam } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { useConfirm } from '../../ui/confirm.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { SettlementState } from './settlement-list.tsx'
import { Statement } from './settlement-statement.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

/** One team's year: what came in, what scaled it, what each person is given; to print, export, review and close. */
export function SettlementPage() {
  const id = useParam('id')
  const read = useRead(
    contractApi.readSettlement,
    { params: { id } },
    { live: ['contract.settlement-moved'] },
  )
  return <Loaded read={read}>{(one) => <Shown settlement={one} />}</Loaded>
}

function Shown({ settlement }: { settlement: Settlement }) {
  const t = useWords(contractWords)
  const { feeFen, sharedFen, factorPermille } = settlement
  const yuan = (fen: number) => t('yuan', { yuan: yuanOf(fen) })
  return (
    <Page
      title={`${settlement.team} · ${settlement.year}`}
      hint={<SettlementState status={settlement.status} />}
      actions={<Moves settlement={settlement} />}
    >
      <Stats>
        <Stat label={t('settlement.contracts')} value={settlement.contracts} />
        <Stat label={t('settlement.fee')} value={yuan(feeFen)} />
        <Stat label={t('settlement.factor')} value={(factorPermille / 1000).toFixed(3)} />
        <Stat label={t('settlement.shared')} value={yuan(sharedFen)} />
        <Stat label={t('settlement.withheld')} value={yuan(feeFen - sharedFen)} />
      </Stats>
      <Statement settlement={settlement} />
      <Inputs settlement={settlement} />
    </Page>
  )
}

const parts = ['fulfilment', 'satisfaction', 'control'] as const

function Inputs({ settlement }: { settlement: Settlement }) {
  const t = useWords(contractWords)
  const { moment } = useDates()
  const { inputs } = settlement
  const said = (name: (typeof parts)[number]) => {
    const rate: SettlementInputs['fulfilment'] = inputs[name]
    if (name === 'satisfaction' && !rate && inputs.surveyed) return t('settlement.too-few', inputs.surveyed)
    if (!rate || rate.should === 0) return t('settlement.unknown')
    const percent = ((rate.have / rate.should) * 100).toFixed(1)
    return t('settlement.rate', { ...rate, rate: percent, weight: inputs.rule.weights[name] })
  }
  return (
    <Card title={t('settlement.inputs')}>
      <Facts
        facts={[
          ...parts.map((name) => [t(`settlement.${name}`), said(name)] as const),
          [t('settlement.rule'), inputs.ruleSource],
          [t('settlement.run-at'), moment(settlement.runAt)],
        ]}
      />
    </Card>
  )
}

function Moves({ settlement }: { settlement: Settlement }) {
  const t = useWords(contractWords)
  const confirm = useConfirm()
  const touches = { touches: ['contract'] }
  const review = useWrite(contractApi.reviewSettlement, touches)
  const reopen = useWrite(contractApi.reopenSettlement, touches)
  const close = useWrite(contractApi.closeSettlement, touches)
  const asked = { params: { id: settlement.id } }
  const can = (move: Settlement['moves'][number]) => settlement.moves.includes(move)
  return (
    <>
      <RefusalNote refused={review.error ?? reopen.error ?? close.error} />
      <Button onClick={() => window.print()}>{t('settlement.print')}</Button>
      {can('reopen') && (
        <Button loading={reopen.isPending} onClick={() => reopen.mutate(asked)}>
          {t('settlement.reopen')}
        </Button>
      )}
      {can('review') && (
        <Button type="primary" loading={review.isPending} onClick={() => review.mutate(asked)}>
          {t('settlement.review')}
        </Button>
      )}
      {can('close') && (
        <Button
          type="primary"
          loading={close.isPending}
          onClick={() =>
            confirm({
              label: t('settlement.close'),
              confirm: t('settlement.close-note'),
              danger: true,
              run: () => close.mutate(asked),
            })
          }
        >
          {t('settlement.close')}
        </Button>
      )}
    </>
  )
}
