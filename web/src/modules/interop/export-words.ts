/** What the IT department reads of whole exports. */
export const exportWords = {
  'export.hint': [
    '对接系统用 Bulk Data $export 取走的整批资料；只含该系统依法可见的内容，逐人记入访问日志，文件保留 24 小时。',
    'What clients fetched by Bulk Data $export: only what they may lawfully see, each resident logged, kept 24 hours.',
  ],
  'export.none': ['没有导出任务', 'No exports'],
  'export.none-hint': [
    '对接系统发起 $export 后会显示在这里。',
    'They appear here once a client asks by $export.',
  ],
  'export.search': ['对接系统、资源类型', 'Client or type'],
  'export.client': ['对接系统', 'Client'],
  'export.level': ['范围', 'Level'],
  'export.level.system': ['全部', 'System'],
  'export.level.patient': ['居民', 'Patients'],
  'export.level.group': ['人群', 'Group'],
  'export.state': ['状态', 'State'],
  'export.state.waiting': ['等待', 'Waiting'],
  'export.state.running': ['导出中', 'Running'],
  'export.state.done': ['完成', 'Done'],
  'export.state.failed': ['失败', 'Failed'],
  'export.state.cancelled': ['已取消或过期', 'Cancelled or over'],
  'export.progress': ['进度', 'Progress'],
  'export.progress-of': ['{done} / {all} 类', '{done} of {all} types'],
  'export.resources': ['资源数', 'Resources'],
  'export.asked-at': ['发起', 'Asked'],
  'export.until': ['文件保留至', 'Files until'],
} as const
