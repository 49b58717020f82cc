import assert from 'node:assert/strict';
import { analyzeUnit, defaultAnalysisOptions } from '../../../src/session/analysis.ts';

/** Codes and lines of all that is reported about a text. */
function reported(text: string): string[] {
  const { diagnostics } = analyzeUnit({ name: 'a.c', text }, defaultAnalysisOptions);
  return diagnostics.map(({ code, span }) => {
    const { start } = span.expandedAt ?? span;
    return `${text.slice(0, start).split('\n').length} ${code}`;
  });
}

describe('a header that is not found', () => {
  it('is one warning: names and types that may be its own are no errors', () => {
    const text = `#include <gtk/gtk.h>
static GtkWidget *window;
G_BEGIN_DECLS
struct s { GQuark quark; };
int main(int argc, char **argv) {
  GtkWidget *box = gtk_box_new(GTK_VERTICAL, 0);
  box->parent = window;
  g_foreach(box, int) { return 1; }
  return sizeof(struct s);
}
`;
    assert.deepEqual(reported(text), ['1 include-not-found']);
  });

  it('leaves errors in functions whose names are all known', () => {
    const text = `#include "other.h"
int f(void) { const int a = 1; a = 2; return a; }
int g(void) { return other(); }
`;
    assert.deepEqual(reported(text), ['1 include-not-found', '2 read-only-variable']);
  });

  it('leaves errors in front of it', () => {
    assert.deepEqual(reported('int a = b;\n#include "b.h"\nint c = b;\n'), [
      '2 include-not-found',
      '1 undeclared-at-file-scope',
    ]);
  });

  it('may have brought words of C23 along', () => {
    const text = '#include "config.h"\nbool flag;\nint f(bool b) { return b ? true : nullptr != 0; }\n';
    assert.deepEqual(reported(text), ['1 include-not-found']);
  });
});
