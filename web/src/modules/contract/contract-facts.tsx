import type { Contract, FrozenPackage } from '@tongmai/api/contract/shape'
import { To } from '../../kernel/route.tsx'
import { useDates } from '../../kernel/use-dates.ts'
import { useWords } from '../../kernel/words.ts'
import { Card, Facts } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { Table } from '../../ui/table.tsx'
import { yuanOf } from './state.tsx'
import { contractWords } from './words.ts'

/** What was agreed, as it was signed: parties, term, fee by source, packages with their items. */
export function ContractFacts({ contract }: { contract: Contract }) {
  const t = useWords(contractWords)
  const { moment } = useDates()
  const { secondary, tertiary, signature, shares, ending, household } = contract
  const fee = shares.map((one) => `${t(`source.${one.source}`)} ${yuanOf(one.fen)}`).join('，')
  return (
    <>
      <Card title={t('facts')}>
        <Facts
          facts={[
            [t('community'), contract.community.name],
            [t('team'), contract.team.name],
            [t('doctor'), contract.doctor.name],
            [
              t('phone'),
              contract.teamPhone && <a href={`tel:${contract.teamPhone}`}>{contract.teamPhone}</a>,
            ],
            [
              t('hospitals'),
              [secondary?.name, tertiary?.name].filter(Boolean).join('、') || t('no-hospital'),
            ],
            [t('term'), `${contract.startsOn} – ${contract.endsOn}`],
            [t('fee'), `${t('yuan', { yuan: yuanOf(contract.feeFen) })}${fee ? `（${fee}）` : ''}`],
            [t('channel'), t(`channel.${contract.channel}`)],
            [
              t('signature'),
              signature &&
                [
                  signature.signer,
                  t(`relation.${signature.relation}`),
                  t(`sign.${signature.kind}`),
                  contract.signedAt && moment(contract.signedAt),
                ]
                  .filter(Boolean)
                  .join(' · '),
            ],
            [t('consent'), contract.consentVersion],
            ...(household.length > 0
              ? [
                  [
                    t('household'),
                    household.map((one) => (
                      <div key={one.contractId}>
                        <To to={`/contracts/${one.contractId}`}>{one.resident.nameMasked}</To>
                      </div>
                    )),
                  ] as const,
                ]
              : []),
            ...(ending
              ? [
                  [
                    t('ending'),
                    [t(`reason.${ending.reason}`), ending.note].filter(Boolean).join(' · '),
                  ] as const,
                ]
              : []),
          ]}
        />
      </Card>
      {contract.frozen.map((one) => (
        <PackageCard key={one.id} frozen={one} />
      ))}
    </>
  )
}

function PackageCard({ frozen }: { frozen: FrozenPackage }) {
  const t = useWords(contractWords)
  return (
    <Card
      title={frozen.name}
      extra={
        <StateTag>{`${t(`level.${frozen.level}`)} · ${t('package.version', { version: frozen.version })}`}</StateTag>
      }
      flush
    >
      <Table
        label={frozen.name}
        rows={frozen.items}
        keyOf={(item) => item.code}
        columns={[
          { key: 'name', title: t('package.items'), cell: (item) => item.name },
          {
            key: 'times',
            title: t('package.times'),
            short: true,
            cell: (item) =>
              item.period === 'asNeeded'
                ? t('period.asNeeded')
                : t('times.per', { period: t(`period.${item.period}`), times: item.times }),
          },
          {
            key: 'performer',
            title: t('package.performer'),
            short: true,
            cell: (item) => t(`performer.${item.performer}`),
          },
          {
            key: 'evidence',
            title: t('package.evidence'),
            wide: true,
            cell: (item) => item.evidence.map((one) => t(`evidence.${one}`)).join('、') || '—',
          },
        ]}
      />
    </Card>
  )
}
