import { type MissionLine, missionApi } from '@tongmai/api/dispatch/mission'
import type { Plan } from '@tongmai/api/dispatch/plan'
import { Button, Modal } from 'antd'
import { To } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import type { Column } from '../../ui/column.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Nothing } from '../../ui/nothing.tsx'
import { Table } from '../../ui/table.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { UrgencyTag } from './state.tsx'
import { dispatchWords } from './words.ts'

type Item = Plan['items'][number]
interface Props {
  /** Those on the board, for where each comes from and goes. */
  readonly missions: readonly MissionLine[]
  readonly onClose: () => void
}

/** A vehicle for every mission that waits, found for all of them at once; the dispatcher confirms each. */
export function PlanDialog({ missions, onClose }: Props) {
  const t = useWords(dispatchWords)
  const routeOf = (id: string): string => {
    const line = missions.find((one) => one.id === id)
    return line ? `${line.from.shortName} → ${line.to.shortName}` : ''
  }
  const tell = useTell()
  const read = useRead(missionApi.plan, {}, { live: ['dispatch'] })
  const send = useWrite(missionApi.dispatch, {
    touches: ['dispatch'],
    onDone: () => tell(t('done.dispatch-plain')),
  })
  const columns: Column<Item>[] = [
    {
      key: 'number',
      title: t('mission'),
      cell: ({ missionId, number, urgency }) => (
        <>
          <span className="tm-row">
            <To to={`/missions/${missionId}`}>
              <b>{routeOf(missionId)}</b>
            </To>{' '}
            <UrgencyTag urgency={urgency} />
          </span>
          <span className="tm-quiet">{number}</span>
        </>
      ),
    },
    {
      key: 'vehicle',
      title: t('vehicle'),
      cell: ({ vehicle, minutes }) =>
        vehicle ? (
          <>
            {vehicle}{' '}
            <span className="tm-quiet">{t('plan.minutes', { minutes: Math.round(minutes ?? 0) })}</span>
          </>
        ) : (
          <span className="tm-quiet">{t('plan.no-vehicle')}</span>
        ),
    },
    {
      key: 'act',
      title: '',
      align: 'right',
      cell: ({ missionId, vehicleId }) =>
        vehicleId && (
          <Button
            size="small"
            type="primary"
            loading={send.isPending && send.variables.params.id === missionId}
            onClick={() => send.mutate({ params: { id: missionId }, body: { vehicleId } })}
          >
            {t('plan.send')}
          </Button>
        ),
    },
  ]
  return (
    <Modal open title={t('plan')} footer={null} width={720} onCancel={onClose}>
      <p className="tm-quiet">{t('plan.hint')}</p>
      <RefusalNote refused={send.error} />
      <Loaded read={read}>
        {({ items, weighted, greedyWeighted }) =>
          items.length === 0 ? (
            <Nothing title={t('plan.none')} />
          ) : (
            <>
              <Table label={t('plan')} columns={columns} rows={items} keyOf={(item) => item.missionId} />
              <p className="tm-quiet">
                {greedyWeighted > weighted
                  ? t('plan.better', { minutes: greedyWeighted - weighted })
                  : t('plan.same')}
              </p>
            </>
          )
        }
      </Loaded>
    </Modal>
  )
}
