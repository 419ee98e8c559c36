package io.eventsourcing;

import io.eventsourcing.mapping.EventShape;
import io.eventsourcing.mapping.PersonalField;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@link Personal} on an event, and finds where it would have no effect. */
final class PersonalInspection {

    private final Executable member;
    private final EventShape shape;

    /** What may carry the annotation, by the name of its field in the payload. */
    private final Map<String, List<AnnotatedElement>> fields = new LinkedHashMap<>();

    private PersonalInspection(Executable member, EventShape shape) {
        this.member = member;
        this.shape = shape;
        if (!shape.isRecordArgument()) {
            for (Parameter parameter : member.getParameters()) {
                fields.computeIfAbsent(parameter.getName(), name -> new ArrayList<>(2))
                        .add(parameter);
            }
        }
        if (shape.recordType() != null) {
            for (RecordComponent component : shape.recordType().getRecordComponents()) {
                fields.computeIfAbsent(component.getName(), name -> new ArrayList<>(2))
                        .add(component);
            }
        }
    }

    /** @throws AggregateDefinitionException if the annotation stands where it can't work */
    static List<PersonalField> of(Executable member, EventShape shape) {
        PersonalInspection inspection = new PersonalInspection(member, shape);
        inspection.refuseWhereItHasNoEffect();
        return inspection.personal();
    }

    private List<PersonalField> personal() {
        Personal whole = member.getAnnotation(Personal.class);
        if (whole != null && !(member instanceof Constructor)) {
            requireNoReplacement(whole);
            return List.of(field(PersonalField.WHOLE, whole));
        }
        List<PersonalField> personal = new ArrayList<>();
        fields.forEach((name, elements) -> {
            Personal own = annotation(elements);
            if (own != null || whole != null) {
                personal.add(field(name, own != null ? own : whole));
            }
        });
        return personal;
    }

    private static @Nullable Personal annotation(List<AnnotatedElement> elements) {
        return elements.stream()
                .filter(element -> element.isAnnotationPresent(Personal.class))
                .map(element -> element.getAnnotation(Personal.class))
                .findFirst()
                .orElse(null);
    }

    private PersonalField field(String name, Personal personal) {
        if (!personal.subject().isEmpty() && !fields.containsKey(personal.subject())) {
            throw new AggregateDefinitionException(Reflection.describe(member) + ": the subject of @Personal is '"
                    + personal.subject() + "', which is none of " + fields.keySet());
        }
        return new PersonalField(name, personal.subject(), personal.replacement());
    }

    private void requireNoReplacement(Personal whole) {
        if (!whole.replacement().isEmpty()) {
            throw new AggregateDefinitionException("@Personal on " + Reflection.describe(member)
                    + " has a replacement, but a forgotten event is left out: annotate its parameters instead");
        }
    }

    private void refuseWhereItHasNoEffect() {
        if (shape.isRecordArgument() && member.getParameters()[0].isAnnotationPresent(Personal.class)) {
            throw new AggregateDefinitionException("@Personal on the parameter of " + Reflection.describe(member)
                    + " has no effect: put it on components of " + shape.recordType() + ", or on the whole event");
        }
        Set<Type> visited = new HashSet<>();
        if (shape.recordType() != null) {
            visited.add(shape.recordType()); // its own components count
            Arrays.stream(shape.recordType().getRecordComponents())
                    .forEach(component -> refuseInside(component.getGenericType(), visited));
        }
        Arrays.stream(member.getGenericParameterTypes()).forEach(type -> refuseInside(type, visited));
    }

    private void refuseInside(Type type, Set<Type> visited) {
        if (!visited.add(type)) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            refuseInside(generic.getRawType(), visited);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> refuseInside(argument, visited));
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(bound -> refuseInside(bound, visited));
        } else if (type instanceof GenericArrayType array) {
            refuseInside(array.getGenericComponentType(), visited);
        } else if (type instanceof Class<?> array && array.isArray()) {
            refuseInside(array.getComponentType(), visited);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            Arrays.stream(record.getRecordComponents()).forEach(component -> refuse(component, visited));
        }
    }

    private void refuse(RecordComponent component, Set<Type> visited) {
        if (component.isAnnotationPresent(Personal.class)) {
            throw new AggregateDefinitionException("@Personal on "
                    + component.getDeclaringRecord().getSimpleName() + "." + component.getName()
                    + " has no effect inside an argument of " + Reflection.describe(member)
                    + ": put it on the parameter");
        }
        refuseInside(component.getGenericType(), visited);
    }
}
