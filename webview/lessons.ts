/** Entry of the view *Lessons* in the side panel. */
import './components/mem-lessons.ts';
import { vsCodeHost } from './host.ts';
import { speakLessons } from './lessons-texts.ts';

speakLessons(document.body.dataset.language === 'zh-cn' ? 'zh-cn' : 'en');
document.querySelector('mem-lessons')?.connect(vsCodeHost());
