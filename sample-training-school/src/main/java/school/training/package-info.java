/** A school that registers dogs and teaches them tricks: the sample application. */
@NullMarked
package school.training;

import org.jspecify.annotations.NullMarked;
