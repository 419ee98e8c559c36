// The query language EventQL. docs/eventql.md says what each part means.
grammar EventQl;

options { caseInsensitive = true; }

file : query EOF ;

query
    : source+ ( WHERE condition=expression )? clause* range*
      PROJECT INTO distinct=DISTINCT? projection=expression
    ;

source : FROM NAME IN origin ;

origin
    : EVENTS                                      # events
    | SUBJECTS                                    # subjects
    | EVENTTYPES                                  # eventTypes
    | '(' query ')'                               # nested
    ;

// in either order, each at most once: the tree's builder looks after that
clause
    : ORDER BY expression direction=( ASC | DESC )?               # order
    | GROUP BY key=expression ( HAVING condition=expression )?    # group
    ;

range
    : SKIP_ROWS INTEGER                           # skip
    | TOP INTEGER                                 # top
    ;

// what stands first binds strongest
expression
    : primary                                                       # atom
    | expression AS name                                            # cast
    | expression CONTAINS expression                                # contains
    | operator=( '+' | '-' ) expression                             # sign
    | expression operator=( '*' | '/' ) expression                  # product
    | expression operator=( '+' | '-' ) expression                  # sum
    | expression operator=( '==' | '!=' | '<' | '<=' | '>' | '>=' ) expression  # comparison
    | NOT expression                                                # not
    | expression AND expression                                     # and
    | expression XOR expression                                     # xor
    | expression OR expression                                      # or
    ;

primary
    : STRING                                                        # text
    | ( INTEGER | DECIMAL )                                         # number
    | ( TRUE | FALSE )                                              # truth
    | NULL                                                          # nothing
    | NAME '(' ( expression ( ',' expression )* )? ')'              # call
    | NAME ( '.' name )*                                            # path
    | '[' ( expression ( ',' expression )* )? ']'                   # array
    | '{' ( field ( ',' field )* )? '}'                             # record
    | '(' expression ')'                                            # parentheses
    ;

field : name ':' expression ;

// behind a dot and in a record, a word of the language is a name like any other
name
    : NAME
    | FROM | IN | EVENTS | SUBJECTS | EVENTTYPES | WHERE | ORDER | BY | ASC | DESC | GROUP | HAVING | SKIP_ROWS | TOP
    | PROJECT | INTO | DISTINCT | AS | CONTAINS | AND | OR | XOR | NOT | TRUE | FALSE | NULL
    ;

FROM : 'FROM' ;
IN : 'IN' ;
EVENTS : 'EVENTS' ;
SUBJECTS : 'SUBJECTS' ;
EVENTTYPES : 'EVENTTYPES' ;
WHERE : 'WHERE' ;
ORDER : 'ORDER' ;
BY : 'BY' ;
ASC : 'ASC' ;
DESC : 'DESC' ;
GROUP : 'GROUP' ;
HAVING : 'HAVING' ;
SKIP_ROWS : 'SKIP' ;
TOP : 'TOP' ;
PROJECT : 'PROJECT' ;
INTO : 'INTO' ;
DISTINCT : 'DISTINCT' ;
AS : 'AS' ;
CONTAINS : 'CONTAINS' ;
AND : 'AND' ;
OR : 'OR' ;
XOR : 'XOR' ;
NOT : 'NOT' ;
TRUE : 'TRUE' ;
FALSE : 'FALSE' ;
NULL : 'NULL' ;

NAME : [\p{L}_] [\p{L}\p{Nd}_]* ;
INTEGER : [0-9]+ ;
DECIMAL : [0-9]+ '.' [0-9]+ EXPONENT? | [0-9]+ EXPONENT ;
STRING : '"' ( ESCAPE | ~["\\\r\n] )* '"' | '\'' ( ESCAPE | ~['\\\r\n] )* '\'' ;

BLANK : [ \t\r\n]+ -> skip ;
COMMENT : ( '//' ~[\r\n]* | '/*' .*? '*/' ) -> skip ;

fragment EXPONENT : 'E' [+-]? [0-9]+ ;
fragment ESCAPE options { caseInsensitive = false; } : '\\' ( ["'\\/bfnrt] | 'u' HEX HEX HEX HEX ) ;
fragment HEX : [0-9A-F] ;
