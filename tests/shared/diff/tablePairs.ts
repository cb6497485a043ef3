type Rows = readonly (readonly string[])[]

/** Old rows, new rows, and what a careful reader marks: see `markedTable`. */
export const TABLE_PAIRS: readonly (readonly [
  what: string,
  before: Rows,
  after: Rows,
  expected: string,
])[] = [
  [
    'nothing',
    [
      ['Nội dung', 'Điểm'],
      ['Thi đua', '10'],
    ],
    [
      ['Nội dung', 'Điểm'],
      ['Thi đua', '10'],
    ],
    '  Nội dung | Điểm\n  Thi đua | 10',
  ],
  [
    'a number',
    [
      ['Nội dung', 'Điểm'],
      ['Thi đua', '10'],
    ],
    [
      ['Nội dung', 'Điểm'],
      ['Thi đua', '12,5'],
    ],
    '  Nội dung | Điểm\n~ Thi đua | [-10-]{+12,5+}',
  ],
  [
    'a row more',
    [
      ['a', '1'],
      ['c', '3'],
    ],
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ],
    '  a | 1\n+ b | 2\n  c | 3',
  ],
  [
    'a row less',
    [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ],
    [
      ['a', '1'],
      ['c', '3'],
    ],
    '  a | 1\n- b | 2\n  c | 3',
  ],
  [
    'a row elsewhere',
    [
      ['một', '1'],
      ['hai', '2'],
      ['ba', '3'],
      ['bốn', '4'],
    ],
    [
      ['bốn', '4'],
      ['một', '1'],
      ['hai', '2'],
      ['ba', '3'],
    ],
    '> bốn | 4\n  một | 1\n  hai | 2\n  ba | 3',
  ],
  [
    'a column more',
    [
      ['Nội dung', 'Điểm'],
      ['Thi đua', '10'],
    ],
    [
      ['Nội dung', 'Tự chấm', 'Điểm'],
      ['Thi đua', '9', '10'],
    ],
    '~ Nội dung | +{+Tự chấm+} | Điểm\n~ Thi đua | +{+9+} | 10',
  ],
  [
    'a column less',
    [
      ['Nội dung', 'Tự chấm', 'Điểm'],
      ['Thi đua', '9', '10'],
    ],
    [
      ['Nội dung', 'Điểm'],
      ['Thi đua', '10'],
    ],
    '~ Nội dung | -[-Tự chấm-] | Điểm\n~ Thi đua | -[-9-] | 10',
  ],
  [
    'a row that was rewritten in part, beside a new one',
    [
      ['Xây dựng kế hoạch thi đua của Khối', '10'],
      ['Nộp báo cáo', '5'],
    ],
    [
      ['Phối hợp với các đơn vị', '5'],
      ['Xây dựng kế hoạch thi đua của đơn vị', '10'],
      ['Nộp báo cáo', '5'],
    ],
    '+ Phối hợp với các đơn vị | 5\n~ Xây dựng kế hoạch thi đua của [-Khối-]{+đơn vị+} | 10\n  Nộp báo cáo | 5',
  ],
  [
    'all numbers of a column',
    [
      ['Chỉ tiêu', 'Năm 2022'],
      ['A', '1'],
      ['B', '2'],
    ],
    [
      ['Chỉ tiêu', 'Năm 2023'],
      ['A', '7'],
      ['B', '8'],
    ],
    '~ Chỉ tiêu | Năm [-2022-]{+2023+}\n~ A | [-1-]{+7+}\n~ B | [-2-]{+8+}',
  ],
  ['the style of tone marks', [['Hoà giải', '1']], [['Hòa giải', '1']], '  Hòa giải | 1'],
  [
    'an empty cell that is filled',
    [
      ['a', ''],
      ['b', ''],
    ],
    [
      ['a', ''],
      ['b', '4'],
    ],
    '  a | \n~ b | {+4+}',
  ],
]
