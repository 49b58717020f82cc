/**
 * The headers of vector instructions: types, declarations, and that no symbol is left of a call.
 */
import assert from 'node:assert/strict';
import { analyzeUnit, defaultAnalysisOptions } from '../../../../src/session/analysis.ts';

const analyzed = (text: string): ReturnType<typeof analyzeUnit> =>
  analyzeUnit({ name: 'main.c', text }, defaultAnalysisOptions);

describe('headers of vector instructions', () => {
  it('declare types of 16, 32 and 64 bytes', () => {
    const { placements } = analyzed(
      '#include <immintrin.h>\n__m128 a; __m128i b[2]; __m256d c; __m512i d; __m64 e;',
    );
    const sizes = placements.flatMap(({ kind, name, size, align }) =>
      kind === 'variable' && name.length === 1 ? [`${name} ${String(size)} ${String(align)}`] : [],
    );
    assert.deepEqual(sizes, ['a 16 16', 'b 32 16', 'c 32 32', 'd 64 64', 'e 8 8']);
  });

  it('are accepted in real use', () => {
    const { diagnostics } = analyzed(`#include <immintrin.h>
      float dot(const float *a, const float *b, int n) {
        __m256 s = _mm256_setzero_ps();
        for (int i = 0; i < n; i += 8) s = _mm256_fmadd_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i), s);
        __m128 l = _mm_add_ps(_mm256_castps256_ps128(s), _mm256_extractf128_ps(s, 1));
        __m128i m = _mm_shuffle_epi32(_mm_castps_si128(_mm_hadd_ps(l, l)), _MM_SHUFFLE(3, 2, 1, 0));
        _mm_prefetch(a, _MM_HINT_T0);
        return _mm_cvtss_f32(l) + (float)_mm_movemask_epi8(_mm_slli_si128(m, 4)) + (float)__rdtsc();
      }`);
    assert.deepEqual(diagnostics, []);
  });

  it('leave no function and no symbol', () => {
    const { placements } = analyzed(
      '#include <emmintrin.h>\nint f(void) { return _mm_cvtsi128_si32(_mm_set1_epi32(3)); }',
    );
    const used = placements.find(({ name }) => name === '_mm_set1_epi32');
    assert.equal(used?.section, undefined);
    assert.equal(used?.reason.key, 'placement.function-intrinsic');
  });
});
