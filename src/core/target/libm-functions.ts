/**
 * Where the functions of libm lie: names and offsets (hexadecimal) from its load address.
 *
 * Source: Debian's glibc 2.36-9+deb12u14; asked of dlsym, so that functions that the loader chooses by the processor (sin, pow …)
 * lie where those for one with FMA do (*_fma, sysdeps/x86_64/fpu/multiarch). Names that end in a type of _FloatN are left out.
 */

/** Those of the x86-64 port. */
export const libmFunctionsX86_64 = `
acos=127c0 acosf=16120 acosh=12820 acoshf=16180 acoshl=10fe0 acosl=10f80 asin=12860 asinf=161c0 asinh=2cb40
asinhf=3f2b0 asinhl=1b510 asinl=11030 atan=6f890 atan2=128c0 atan2f=16220 atan2l=11090 atanf=3f430 atanh=12990
atanhf=162f0 atanhl=11140 atanl=1b650 cabs=34700 cabsf=430c0 cabsl=20470 cacos=34820 cacosf=431e0 cacosh=34950
cacoshf=43340 cacoshl=20640 cacosl=20500 canonicalize=38f00 canonicalizef=47660 canonicalizel=24d70 carg=346b0
cargf=43050 cargl=20420 casin=34fb0 casinf=439a0 casinh=354c0 casinhf=43e60 casinhl=21310 casinl=20da0
catan=36c80 catanf=454e0 catanh=36760 catanhf=45010 catanhl=22210 catanl=22840 cbrt=2d210 cbrtf=3f6a0
cbrtl=1b660 ccos=34b40 ccosf=43570 ccosh=34b60 ccoshf=435a0 ccoshl=20920 ccosl=20900 ceil=6d290 ceilf=6d2a0
ceill=1b7d0 cexp=37930 cexpf=460d0 cexpl=235d0 cimag=346e0 cimagf=430a0 cimagl=20450 clog=37cb0 clog10=388e0
clog10f=47040 clog10l=24730 clogf=46420 clogl=23a10 conj=346d0 conjf=43070 conjl=20440 copysign=329a0
copysignf=418a0 copysignl=1e3b0 cos=70ad0 cosf=73280 cosh=129e0 coshf=16340 coshl=111b0 cosl=1b800 cpow=38870
cpowf=46f70 cpowl=246a0 cproj=38180 cprojf=468d0 cprojl=23f00 creal=346f0 crealf=430b0 creall=20460 csin=35070
csinf=43a70 csinh=36380 csinhf=44c60 csinhl=21d90 csinl=20e50 csqrt=381e0 csqrtf=46940 csqrtl=23f70 ctan=371b0
ctanf=45990 ctanh=37540 ctanhf=45d10 ctanhl=231e0 ctanl=22e60 daddl=68f70 ddivl=69c10 dfmal=6a5c0 dmull=6add0
drem=13230 dremf=16b40 dreml=11c80 dsqrtl=6b850 dsubl=6c270 erf=2d3b0 erfc=2d950 erfcf=3fd60 erfcl=1bde0
erff=3f860 erfl=1b960 exp=39370 exp10=12ac0 exp10f=41700 exp10l=112b0 exp2=393d0 exp2f=72ab0 exp2l=11220
expf=72ba0 expl=123a0 expm1=6fc30 expm1f=40260 expm1l=1c300 fabs=2e380 fabsf=40620 fabsl=1c3d0 fadd=68b60
faddl=68dd0 fdim=38da0 fdimf=47500 fdiml=24c10 fdiv=69880 fdivl=69ac0 feclearexcept=10310 fedisableexcept=107f0
feenableexcept=10850 fegetenv=105e0 fegetexcept=108c0 fegetexceptflag=10370 fegetmode=10960 fegetround=10520
feholdexcept=105f0 feraiseexcept=103c0 fesetenv=10640 fesetexcept=10900 fesetexceptflag=10450 fesetmode=10970
fesetround=10560 fetestexcept=104d0 fetestexceptflag=10950 feupdateenv=10790 ffma=6a3e0 ffmal=6a4d0 finite=32980
finitef=41880 finitel=1e3a0 floor=6d2b0 floorf=6d2c0 floorl=1c3e0 fma=31c60 fmaf=41460 fmal=1d3e0 fmax=38e30
fmaxf=47590 fmaximum=39610 fmaximum_mag=39670 fmaximum_mag_num=39760 fmaximum_mag_numf=47b60
fmaximum_mag_numl=25320 fmaximum_magf=47aa0 fmaximum_magl=251b0 fmaximum_num=396e0 fmaximum_numf=47b00
fmaximum_numl=25260 fmaximumf=47a50 fmaximuml=25110 fmaxl=24c90 fmaxmag=390d0 fmaxmagf=47820 fmaxmagl=24f40
fmin=38e70 fminf=475d0 fminimum=397f0 fminimum_mag=39850 fminimum_mag_num=39940 fminimum_mag_numf=47ce0
fminimum_mag_numl=255d0 fminimum_magf=47c20 fminimum_magl=25480 fminimum_num=398c0 fminimum_numf=47c80
fminimum_numl=25520 fminimumf=47bd0 fminimuml=253f0 fminl=24cd0 fminmag=391a0 fminmagf=478a0 fminmagl=25000
fmod=12b40 fmodf=164a0 fmodl=11340 fmul=6aa20 fmull=6ac70 frexp=32bd0 frexpf=41a40 frexpl=1e540 fromfp=33b60
fromfpf=42540 fromfpl=1f820 fromfpx=34060 fromfpxf=42a20 fromfpxl=1fd60 fsqrt=6b5d0 fsqrtl=6b730 fsub=6bea0
fsubl=6c0f0 gamma=13930 gammaf=171e0 gammal=12430 getpayload=339d0 getpayloadf=42410 getpayloadl=1f490
hypot=27ae0 hypotf=3a810 hypotl=113b0 ilogb=38f70 ilogbf=476c0 ilogbl=24dd0 j0=12c10 j0f=16570 j0l=11470
j1=12d20 j1f=16670 j1l=115b0 jn=12e30 jnf=16770 jnl=116f0 ldexp=32c80 ldexpf=41ac0 ldexpl=1e5f0 lgamma=137c0
lgamma_r=136d0 lgammaf=17090 lgammaf_r=16fc0 lgammal=122d0 lgammal_r=12200 llogb=38fb0 llogbf=47700 llogbl=24e10
llrint=32760 llrintf=415d0 llrintl=1df40 llround=32770 llroundf=41670 llroundl=1e0b0 log=39270 log10=12fc0
log10f=16900 log10l=11930 log1p=39010 log1pf=47760 log1pl=24e80 log2=6eff0 log2f=72ca0 log2l=11880 logb=2e760
logbf=40980 logbl=1c460 logf=72db0 logl=119e0 lrint=32760 lrintf=415d0 lrintl=1df40 lround=32770 lroundf=415e0
lroundl=1df50 modf=329c0 modff=418c0 modfl=1e3d0 nan=38eb0 nanf=47610 nanl=24d10 nearbyint=6d2d0
nearbyintf=6d2e0 nearbyintl=1d1a0 nextafter=2e7e0 nextafterf=409e0 nextafterl=1c470 nextdown=38e00
nextdownf=47560 nextdownl=24c70 nexttoward=2e990 nexttowardf=40ac0 nexttowardl=1c470 nextup=33850 nextupf=42310
nextupl=1f220 pow=392b0 powf=72ec0 powl=11a90 remainder=13230 remainderf=16b40 remainderl=11c80 remquo=30c70
remquof=41060 remquol=1cd30 rint=6d310 rintf=6d320 rintl=1c7a0 round=311c0 roundeven=6d2f0 roundevenf=6d300
roundevenl=1f690 roundf=41390 roundl=1d040 scalb=13350 scalbf=16c60 scalbl=11df0 scalbln=39050 scalblnf=477a0
scalblnl=24ed0 scalbn=32c80 scalbnf=41ac0 scalbnl=1e5f0 setpayload=33a20 setpayloadf=42440 setpayloadl=1f4e0
setpayloadsig=33ab0 setpayloadsigf=424b0 setpayloadsigl=1f5d0 signgam=df108 significand=38f40 significandf=47690
significandl=24dc0 sin=702c0 sincos=712d0 sincosf=734b0 sincosl=1d1c0 sinf=73720 sinh=13420 sinhf=16d40
sinhl=11f30 sinl=1c920 sqrt=13480 sqrtf=16da0 sqrtl=11fa0 tan=71ac0 tanf=40d70 tanh=30ab0 tanhf=40ee0
tanhl=1cb60 tanl=1ca90 tgamma=134b0 tgammaf=16dd0 tgammal=11ff0 totalorder=33920 totalorderf=42370
totalorderl=1f360 totalordermag=33980 totalordermagf=423c0 totalordermagl=1f410 trunc=6d330 truncf=6d340
truncl=1cd00 ufromfp=33e00 ufromfpf=427c0 ufromfpl=1fb10 ufromfpx=34390 ufromfpxf=42d40 ufromfpxl=20130 y0=12c60
y0f=165b0 y0l=114d0 y1=12d70 y1f=166b0 y1l=11610 yn=12e80 ynf=167c0 ynl=11780
`;

/** Those of the i386 port. */
export const libmFunctionsI386 = `
acos=fa60 acosf=135c0 acosh=fad0 acoshf=13630 acoshl=e0a0 acosl=e020 asin=fb30 asinf=13690 asinh=27eb0
asinhf=37fc0 asinhl=19090 asinl=e120 atan=27fb0 atan2=fba0 atan2f=13700 atan2l=e1a0 atanf=380c0 atanh=fc90
atanhf=137e0 atanhl=e280 atanl=19190 cabs=2d860 cabsf=3bcb0 cabsl=1e940 cacos=2d940 cacosf=3bd90 cacosh=2dad0
cacoshf=3bf00 cacoshl=1ebc0 cacosl=1ea10 canonicalize=32ae0 canonicalizef=40de0 canonicalizel=23810 carg=2d7f0
cargf=3bc40 cargl=1e8c0 casin=2e310 casinf=3c700 casinh=2e920 casinhf=3ccd0 casinhl=1f9f0 casinl=1f410
catan=300d0 catanf=3e610 catanh=2faf0 catanhf=3df50 catanhl=20a70 catanl=21010 cbrt=27ff0 cbrtf=38100
cbrtl=191a0 ccos=2ddc0 ccosf=3c230 ccosh=2de30 ccoshf=3c260 ccoshl=1ef30 ccosl=1eec0 ceil=280f0 ceilf=381e0
ceill=192c0 cexp=30ee0 cexpf=3f400 cexpl=21dd0 cimag=2d840 cimagf=3bc90 cimagl=1e920 clog=31340 clog10=32330
clog10f=40700 clog10l=230e0 clogf=3f850 clogl=22230 conj=2d820 conjf=3bc70 conjl=1e900 copysign=2b660
copysignf=3a180 copysignl=1bdd0 cos=296d0 cosf=bfae0 cosh=fd10 coshf=13860 coshl=e310 cosl=19300 cpow=32240
cpowf=40660 cpowl=22ff0 cproj=31980 cprojf=3fde0 cprojl=227b0 creal=2d850 crealf=3bca0 creall=1e930 csin=2e420
csinf=3c7f0 csinh=2f650 csinhf=3dad0 csinhl=205a0 csinl=1f510 csqrt=31a10 csqrtf=3fe70 csqrtl=22820 ctan=30700
ctanf=3ec80 ctanh=30ae0 ctanhf=3f010 ctanhl=219b0 ctanl=21610 daddl=b8b50 ddivl=b9ef0 dfmal=bae90 dmull=bbe80
drem=10790 dremf=14240 dreml=eeb0 dsqrtl=bcfd0 dsubl=bddc0 erf=28120 erfc=28570 erfcf=38860 erfcl=19990
erff=38480 erfl=194b0 exp=330b0 exp10=fe50 exp10f=39f40 exp10l=e460 exp2=32e60 exp2f=becf0 exp2l=e3a0 expf=bee60
expl=f620 expm1=28a00 expm1f=38c70 expm1l=19f00 fabs=28ac0 fabsf=38d30 fabsl=19fe0 fadd=b8730 faddl=b89c0
fdim=32920 fdimf=40c40 fdiml=23670 fdiv=b9aa0 fdivl=b9d90 feclearexcept=d2a0 fedisableexcept=d830
feenableexcept=d8b0 fegetenv=d5d0 fegetexcept=d940 fegetexceptflag=d310 fegetmode=d9d0 fegetround=d4f0
feholdexcept=d600 feraiseexcept=d380 fesetenv=d670 fesetexcept=d980 fesetexceptflag=d400 fesetmode=da00
fesetround=d530 fetestexcept=d490 fetestexceptflag=d9c0 feupdateenv=d7a0 ffma=bac80 ffmal=bad90 finite=2b640
finitef=3a160 finitel=1bdc0 floor=28ad0 floorf=38d40 floorl=19ff0 fma=c01b0 fmaf=c01e0 fmal=1ad50 fmax=32a20
fmaxf=40d20 fmaximum=33180 fmaximum_mag=33220 fmaximum_mag_num=33390 fmaximum_mag_numf=414f0
fmaximum_mag_numl=23e50 fmaximum_magf=41380 fmaximum_magl=23ce0 fmaximum_num=332d0 fmaximum_numf=41430
fmaximum_numl=23d90 fmaximumf=412e0 fmaximuml=23c40 fmaxl=23710 fmaxmag=32cf0 fmaxmagf=40fe0 fmaxmagl=23a60
fmin=32a40 fminf=40d40 fminimum=33460 fminimum_mag=334f0 fminimum_mag_num=33640 fminimum_mag_numf=417a0
fminimum_mag_numl=24100 fminimum_magf=41650 fminimum_magl=23fb0 fminimum_num=33590 fminimum_numf=416f0
fminimum_numl=24050 fminimumf=415c0 fminimuml=23f20 fminl=23750 fminmag=32db0 fminmagf=41080 fminmagl=23b20
fmod=ff00 fmodf=139f0 fmodl=e520 fmul=bba20 fmull=bbd20 frexp=2b7c0 frexpf=3a280 frexpl=1bf70 fromfp=2c5e0
fromfpf=3acd0 fromfpl=1d3f0 fromfpx=2ce00 fromfpxf=3b390 fromfpxl=1dd20 fsqrt=bcd60 fsqrtl=bcea0 fsub=bd9a0
fsubl=bdc40 gamma=10fa0 gammaf=149d0 gammal=f6e0 getpayload=2c270 getpayloadf=3aaf0 getpayloadl=1cfa0
hypot=24600 hypotf=33c50 hypotl=e5e0 ilogb=32b20 ilogbf=40e30 ilogbl=23880 j0=10040 j0f=13af0 j0l=e6a0 j1=10170
j1f=13c20 j1l=e7e0 jn=102a0 jnf=13d50 jnl=e920 ldexp=2b850 ldexpf=3a300 ldexpl=1c000 lgamma=10e10 lgamma_r=10d30
lgammaf=14870 lgammaf_r=147a0 lgammal=f540 lgammal_r=f460 llogb=32b90 llogbf=40e90 llogbl=238f0 llrint=2b2c0
llrintf=39db0 llrintl=1b920 llround=2b410 llroundf=39e70 llroundl=1ba40 log=32ed0 log10=10480 log10f=13f30
log10l=eb70 log1p=32c00 log1pf=40ef0 log1pl=23960 log2=32f30 log2f=bf130 log2l=eab0 logb=28b60 logbf=38dd0
logbl=1a080 logf=befd0 logl=ec30 lrint=2b2b0 lrintf=39da0 lrintl=1b910 lround=2b2d0 lroundf=39dc0 lroundl=1b930
modf=2b680 modff=3a1a0 modfl=1bdf0 nan=32a60 nanf=40d60 nanl=23790 nearbyint=2a8f0 nearbyintf=39900
nearbyintl=1aac0 nextafter=28b70 nextafterf=38de0 nextafterl=1a090 nextdown=329f0 nextdownf=40cf0
nextdownl=236e0 nexttoward=28db0 nexttowardf=38f20 nexttowardl=1a090 nextup=2c060 nextupf=3a9b0 nextupl=1cc50
pow=32f90 powf=bf290 powl=ecf0 remainder=10790 remainderf=14240 remainderl=eeb0 remquo=2a730 remquof=396c0
remquol=1a900 rint=28fe0 rintf=390b0 rintl=1a440 round=2a7d0 roundeven=2c4b0 roundevenf=3ac30 roundevenl=1d260
roundf=39880 roundl=1a9b0 scalb=10920 scalbf=143a0 scalbl=f020 scalbln=32c60 scalblnf=40f50 scalblnl=239d0
scalbn=2b850 scalbnf=3a300 scalbnl=1c000 setpayload=2c2d0 setpayloadf=3ab30 setpayloadl=1d010
setpayloadsig=2c3e0 setpayloadsigf=3abc0 setpayloadsigl=1d150 signgam=104058 significand=32b10
significandf=40e20 significandl=23870 sin=28ff0 sincos=2a910 sincosf=bfe30 sincosl=1aae0 sinf=bf780 sinh=10a70
sinhf=144e0 sinhl=f170 sinl=1a450 sqrt=10b00 sqrtf=14550 sqrtl=f200 tan=29da0 tanf=39370 tanh=2a580 tanhf=39530
tanhl=1a6e0 tanl=1a5f0 tgamma=10b60 tgammaf=145b0 tgammal=f280 totalorder=2c150 totalorderf=3aa40
totalorderl=1cdc0 totalordermag=2c1f0 totalordermagf=3aaa0 totalordermagl=1cec0 trunc=2a700 truncf=39690
truncl=1a8d0 ufromfp=2ca10 ufromfpf=3b030 ufromfpl=1d8d0 ufromfpx=2d340 ufromfpxf=3b840 ufromfpxl=1e370 y0=100b0
y0f=13b60 y0l=e720 y1=101e0 y1f=13c90 y1l=e860 yn=10310 ynf=13dd0 ynl=e9c0
`;
