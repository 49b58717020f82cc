/* Texts: arrays, pointers into literals, wide ones, arguments, tables. */
#include <string.h>
#include <wchar.h>
static const char *days[] = {"mon", "tue", "wed"}; char buffer[32]; const wchar_t *wide = L"wide"; static char *cursor;
static char *trim(char *text) { char *given = text; while (*text == ' ') text++; char *end = text + strlen(text); while (end > text && end[-1] == ' ') *--end = 0; /* @stop */ return given ? text : given; }
int main(int argc, char **argv)
{
    char local[] = "  padded  ", *start = trim(local); const char *literal = "literal", *inside = literal + 3;
    char copy[16]; strcpy(copy, start); memcpy(buffer, copy, sizeof copy); cursor = strchr(buffer, 'd');
    const char *day = days[argc], **last = &days[2]; char *program = argv[0], first = *inside;
    /* @stop */ return (day == *last) + (program == 0) + first * 0;
}
