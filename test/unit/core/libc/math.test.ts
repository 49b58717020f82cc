import assert from 'node:assert/strict';
import * as accurate from '../../../../src/core/libc/accurate-math.ts';
import * as fdlibm from '../../../../src/core/libc/fdlibm.ts';
import { tgamma } from '../../../../src/core/libc/gamma.ts';

/** name, argument, argument…, result: bits as glibc 2.36 gives them on x86-64. */
const recorded: readonly (readonly [(...x: number[]) => number, ...string[]])[] = [
  [accurate.exp, '401f42e35d94fd4a', '40a35c8fdfe9dc2a'],
  [accurate.exp, '401990b0fe3b4986', '4082a50dede580e6'],
  [accurate.exp, 'c0852508258a22bb', '02ec751485b297cf'],
  [accurate.exp, '4007d937ef120fda', '4033b571f424714a'],
  [accurate.exp2, '4019a32b0b2828c1', '40553fd29530a48c'],
  [accurate.exp2, '40061115b2471771', '401b10923c4146e1'],
  [accurate.exp2, 'c06c95c06fa8ec6a', '31a3fa14b3499591'],
  [accurate.exp2, '401708e98407f1ae', '404b124e472b9188'],
  [accurate.log, '40554e7a6bfe8d1e', '4011c7ff1fa5770b'],
  [accurate.log, '40203e31b76f4a4f', '4000c18f4555eb12'],
  [accurate.log, '404f452e4e5158cd', '40108b12d0665a78'],
  [accurate.log2, '403c90d6620175e6', '40135848e5531845'],
  [accurate.log2, '404d85f48307c44b', '401788fdafbf0713'],
  [accurate.log2, '405246fec1b23662', '4018c497321907fc'],
  [accurate.pow, '4031aa23cede0ed0', '40235e4015add978', '4271608d2bf8ced7'],
  [accurate.pow, '402bde389990fb2e', '40302ddf31dc5066', '43c677367d35ac45'],
  [accurate.pow, '4030a09ac8baf06e', 'c01ce9f1be6ff1a6', '3e19b973a1fc5314'],
  [accurate.sin, '4013d52ecfe3169e', 'bfef09c7297f7dce'],
  [accurate.sin, 'bfee22b15680760c', 'bfe9dfe3744eca2a'],
  [accurate.sin, 'c0f35dccab72280a', '3fda404fbf9b310c'],
  [accurate.sin, '3ff451425648407e', '3fee8fcb645eb549'],
  [accurate.cos, 'c0124bd0cbc8614a', 'bfc1a7039b2ca915'],
  [accurate.cos, '4001eacc3871e0ac', 'bfe3d7bc6f99600d'],
  [accurate.cos, 'c0f33b825ace6528', 'bfe83d1f2a32be87'],
  [accurate.cos, 'c0236a2523e025e0', 'bfeebb32b6b62129'],
  [accurate.tan, '401fda27a1cdaf65', 'c02244073a1e78bf'],
  [accurate.tan, '40218af62fb002fc', 'bfe87f3f76c407ff'],
  [accurate.tan, 'c0efbc4cbfa2c53f', 'c000f07a4a6910da'],
  [accurate.tan, 'c01c305bd1fa4d2f', 'bfeea9557493027e'],
  [accurate.asin, 'bfd1150081b43a88', 'bfd14aa988563d71'],
  [accurate.asin, 'bfe03b3202924b8c', 'bfe105d71ec490f2'],
  [accurate.asin, 'bfef17c42c001c26', 'bff5505a60810261'],
  [accurate.acos, '3fe829a7a2b83b02', '3fe6e1629fdac7e9'],
  [accurate.acos, 'bfaad78f19bba780', '3ff9f8d1039128b2'],
  [accurate.acos, 'bfecb31c90f0f18e', '400577a73a3aec61'],
  [accurate.atan, 'c020905fe4b6c2c8', 'bff735cbf95607cb'],
  [accurate.atan, 'bffd4f84fda3ddc6', 'bff12352dc83fc10'],
  [accurate.atan, '401577474a596156', '3ff62f61649f50b6'],
  [accurate.atan2, '402f7a8f99de795a', '4025555680b458c8', '3fef34c127175560'],
  [accurate.atan2, '4013485b24a1aa29', 'c02d980245f02aec', '40069cf96787fddd'],
  [accurate.atan2, 'bff2c42b266f0f18', '3fec281785ad7330', 'bfedab6626594222'],
  [fdlibm.expm1, 'bfc56bf980128860', 'bfc3b9a5491518c9'],
  [fdlibm.expm1, '401e1d9d21929af1', '409d10602b49acc2'],
  [fdlibm.expm1, '3feb74587fc1786e', '3ff5bbb4cfd0711b'],
  [fdlibm.expm1, '402064afc5d231c2', '40ac57929fd3028c'],
  [fdlibm.log1p, '4045d21e023fd42d', '400e63aa6362f6b4'],
  [fdlibm.log1p, '4029a648f1c5467d', '400502fea984d70d'],
  [fdlibm.log1p, '40411d8654df397b', '400c7ece39d570e8'],
  [fdlibm.log10, '40421da5641b8d0a', '3ff8f205df272442'],
  [fdlibm.log10, '4053b8f5f660f30a', '3ffe5a33c412f525'],
  [fdlibm.log10, '4036b4e06ddcea9e', '3ff5b2cb8ab99e8c'],
  [fdlibm.exp10, 'c017a21e894ab538', '3eb4b872dab303cf'],
  [fdlibm.exp10, 'c0098d9f575f9496', '3f44f49cb2688394'],
  [fdlibm.exp10, '4001879cf245f35d', '40636a1ff64732d9'],
  [fdlibm.sinh, '401fb1c0e31106bc', '40959351ef00f19b'],
  [fdlibm.sinh, 'c01096e56a1257ac', 'c03fa01e1d3c90b5'],
  [fdlibm.sinh, 'c06aca2e9bbb464f', 'd332535b0a972d58'],
  [fdlibm.sinh, '3ff2eca535d83f5e', '3ff7a7ea1c355a1c'],
  [fdlibm.cosh, '400df600ba330fee', '40352b385941fa3b'],
  [fdlibm.cosh, '3fff9fb2f1ba1ca2', '400d6c74860ac5a4'],
  [fdlibm.cosh, 'c04c17d9d7dab6d2', '44f0ad3166494d24'],
  [fdlibm.cosh, 'c01bdbe0d0955f5d', '40808a7f769a1f91'],
  [fdlibm.tanh, 'c023f2665e0bb986', 'bfeffffffdaa857f'],
  [fdlibm.tanh, 'c01e24ff6da3957e', 'bfeffffece700970'],
  [fdlibm.tanh, 'c01f36276ece66a0', 'bfefffff4cc63b83'],
  [fdlibm.asinh, 'bfe351dec715a5a8', 'bfe24e17623a061d'],
  [fdlibm.asinh, 'bff531aaebb40a28', 'bff17e78c2a4b820'],
  [fdlibm.asinh, '4010d2b2551bb062', '400125c6646c514c'],
  [fdlibm.acosh, '40324e6e487d26dd', '400ccc15031c79ba'],
  [fdlibm.acosh, '403d9ec47825f635', '40105345129dad20'],
  [fdlibm.acosh, '402394616ae25108', '4007c663ca39dafd'],
  [fdlibm.atanh, 'bfdcac2f4ab965f8', 'bfdedc7a70a0acfb'],
  [fdlibm.atanh, '3fe0e4c6560c37c2', '3fe2cae28db90a94'],
  [fdlibm.atanh, '3fdc699dbdfecfd0', '3fde8961c7d74c7e'],
  [fdlibm.cbrt, '40232ea73796e252', '4000ff4e93f565df'],
  [fdlibm.cbrt, 'c022e7c6f0245df2', 'c000ea45661a4e81'],
  [fdlibm.cbrt, 'c0eefa648b3b265e', 'c043f11b6fdd1ad8'],
  [fdlibm.cbrt, 'bfde88cc66e03e98', 'bfe9012c6d8fd30c'],
  [fdlibm.hypot, 'c01638af370a5025', 'c02182894d0be662', '4024bcce2db1964a'],
  [fdlibm.hypot, 'bfe15784c35d2978', 'c01cad5751f0f281', '401cc249143dc641'],
  [fdlibm.hypot, '40024461ec300fa8', 'c02b67a7d9c4f848', '402bc865f46a6265'],
  [fdlibm.erf, 'bfea83641a2df868', 'bfe8473a97cb10e3'],
  [fdlibm.erf, 'bff97a4be041d7c2', 'bfef38b7b29caa3e'],
  [fdlibm.erf, '3fecbd861ccd7e28', '3fe978975035f2bf'],
  [fdlibm.erfc, '400971a6675f086e', '3edcc8fd631e9c70'],
  [fdlibm.erfc, 'c00b1b9f5a61524e', '3ffffffe44d720ab'],
  [fdlibm.erfc, '4000df70d877f275', '3f6767892358e3f5'],
];

function ofBits(bits: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}

describe('functions of <math.h>', () => {
  it('give the bits of glibc', () => {
    for (const [name, ...words] of recorded) {
      const values = words.map(ofBits);
      const wanted = values.pop() ?? NaN;
      assert.ok(Object.is(name(...values), wanted), `${name.name}(${values.join()}) is ${String(wanted)}`);
    }
  });

  it('are exact where the result is', () => {
    for (let n = -1074; n < 1024; n++) assert.equal(accurate.exp2(n), 2 ** n);
    for (let n = -1074; n < 1024; n++) assert.equal(accurate.log2(2 ** n), n);
    for (let n = 0; n <= 22; n++) assert.equal(accurate.pow(10, n), Number(`1e${String(n)}`));
    for (let n = 0; n < 100; n++) assert.equal(fdlibm.hypot(3 * n, 4 * n), 5 * n);
    assert.deepEqual([1, 2, 3, 4, 5, 6].map(tgamma), [1, 1, 2, 6, 24, 120]);
  });

  it('know the ends of the range', () => {
    const { exp, log, pow, sin, cos, atan2, exp2 } = accurate;
    assert.deepEqual([exp(710), exp(-746), exp(-745.1), exp(NaN)], [Infinity, 0, 5e-324, NaN]);
    assert.deepEqual(
      [log(0), log(-1), log(Infinity), log(5e-324)],
      [-Infinity, NaN, Infinity, -744.4400719213812],
    );
    assert.deepEqual(
      [pow(0, -1), pow(-0, -3), pow(-8, 1 / 3), pow(-2, 3), pow(-1, Infinity)],
      [Infinity, -Infinity, NaN, -8, 1],
    );
    assert.deepEqual([pow(2, 1024), pow(2, -1075), pow(NaN, 0), pow(1, NaN)], [Infinity, 0, 1, 1]);
    assert.deepEqual(
      [sin(-0), sin(1e22), cos(1e300), sin(Infinity)],
      [-0, -0.8522008497671888, -0.5753861119575491, NaN],
    );
    assert.deepEqual([atan2(-0, -1), atan2(1e-300, 1e300), atan2(1, -1e300)], [-Math.PI, 0, Math.PI]);
    assert.deepEqual(
      [exp2(-1074.5), fdlibm.cosh(710.4), fdlibm.expm1(709.7)],
      [5e-324, 1.6663642832806494e308, 1.6549840276802644e308],
    );
    assert.deepEqual([fdlibm.erfc(28), fdlibm.erf(-7), tgamma(-1), tgamma(171.7)], [0, -1, NaN, Infinity]);
  });
});
