import { careplanApi } from '@tongmai/api/careplan'
import type { AlertRule } from '@tongmai/api/careplan/alert-rule'
import { measures } from '@tongmai/api/careplan/reading'
import { Button } from 'antd'
import { useState } from 'react'
import { useMay } from '../../kernel/session.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWords } from '../../kernel/words.ts'
import { Nothing } from '../../ui/nothing.tsx'
import { Page } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { WholeTable } from '../../ui/whole-table.tsx'
import { AlertRuleDialog } from './alert-rule-dialog.tsx'
import { careplanWords } from './words.ts'

const DAY_HOURS = 24
const HOUR_MINUTES = 60

/** The rules by which readings raise an alert, each with its source; who oversees the alliance changes them. */
export function AlertRuleList() {
  const t = useWords(careplanWords)
  const may = useMay()
  const said = useSaid()
  const [asked, setAsked] = useState<AlertRule | null>(null)
  const read = useRead(careplanApi.listAlertRules, {}, { live: ['careplan.alert-rule-changed'] })
  const within = ({ minutes }: AlertRule) =>
    minutes % HOUR_MINUTES === 0
      ? said.hours(minutes / HOUR_MINUTES)
      : t('alert-rule.in-minutes', { minutes })
  return (
    <Page title={t('alert-rule.title')} hint={t('alert-rule.hint')}>
      <WholeTable
        label={t('alert-rule.title')}
        read={read}
        rows={read.data ?? []}
        keyOf={(rule) => rule.code}
        empty={<Nothing title={t('alert-rule-missing')} />}
        columns={[
          { key: 'name', title: t('alert-rule.name'), cell: (rule) => rule.name },
          {
            key: 'when',
            title: t('alert-rule.when'),
            cell: (rule) => (
              <>
                {t(`kind.${rule.kind}`)} <span className="tm-quiet">{said.when(rule)}</span>
              </>
            ),
            text: said.when,
          },
          {
            key: 'level',
            title: t('alert.level'),
            short: true,
            cell: ({ level }) => (
              <StateTag tone={level === 'critical' ? 'bad' : 'wait'}>{t(`alert.${level}`)}</StateTag>
            ),
            text: ({ level }) => t(`alert.${level}`),
          },
          { key: 'minutes', title: t('alert-rule.minutes'), short: true, cell: within, text: within },
          { key: 'source', title: t('alert.source'), cell: (rule) => rule.source },
          { key: 'since', title: t('alert-rule.since'), short: true, cell: (rule) => rule.since },
          {
            key: 'state',
            title: '',
            align: 'right',
            cell: (rule) => (
              <>
                {rule.stopped && <StateTag tone="idle">{t('alert-rule.stopped')}</StateTag>}
                {may('careplan.rule') && (
                  <Button size="small" type="text" onClick={() => setAsked(rule)}>
                    {t('alert-rule.change')}
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {asked && <AlertRuleDialog rule={asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

/** A rule in words. */
function useSaid() {
  const t = useWords(careplanWords)
  const hours = (many: number): string =>
    many % DAY_HOURS === 0
      ? t('alert-rule.days', { days: many / DAY_HOURS })
      : t('alert-rule.hours', { hours: many })
  const when = ({ way, kind, least, most, spanHours, amount }: AlertRule): string => {
    const limits = [
      least === null ? '' : t('alert-rule.below', { value: least }),
      most === null ? '' : t('alert-rule.above', { value: most }),
    ]
    return t(`alert-rule.${way}`, {
      ...{ limits: limits.filter(Boolean).join('、'), span: hours(spanHours), amount: amount ?? 0 },
      unit: kind === 'ecg' ? '' : measures[kind].unit,
    })
  }
  return { hours, when }
}
