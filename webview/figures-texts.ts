/** The words of the tables that tell what the strip over the run draws, in two languages. */
export const figuresEnglish = {
  summary: 'Charts as tables',
  counters: 'Counters over the run',
  counter: 'counter',
  atEvent: (event: string): string => `at event ${event}`,
  least: 'least (first at)',
  most: 'most (first at)',
  firstAt: (event: string): string => `event ${event}`,
  events: 'Events of the run',
  kind: 'kind',
  count: 'events',
  sampled: (stride: string): string =>
    `The run is long: counters are read once in ${stride} events, for the charts and for these tables.`,
};

export const figuresChinese: typeof figuresEnglish = {
  summary: '以表格显示图表',
  counters: '整个运行过程中的计数器',
  counter: '计数器',
  atEvent: (event) => `在事件 ${event}`,
  least: '最小（首见于）',
  most: '最大（首见于）',
  firstAt: (event) => `事件 ${event}`,
  events: '整个运行过程中的事件',
  kind: '种类',
  count: '事件数',
  sampled: (stride) => `运行很长：图表和这些表格只在每 ${stride} 个事件处读取一次计数器。`,
};
