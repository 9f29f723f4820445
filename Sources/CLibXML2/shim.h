#include <libxml/xmlversion.h>
// Its headers pull in ICU, which clashes with Foundation's copy.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
