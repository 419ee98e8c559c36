/**
 * What the README and the guides show: each block of Java code there is taken from between two tag comments here. It isn't
 * in {@code school.training}, where the sample would find these applications.
 */
package school.docs;
