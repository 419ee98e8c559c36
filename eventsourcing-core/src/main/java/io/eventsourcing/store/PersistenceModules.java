package io.eventsourcing.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The persistence modules there are, and the one place that chooses among them. Immutable. */
public final class PersistenceModules {

    /** The setting that names the module. */
    public static final String SETTING = "PERSISTENCE_MODULE";

    private static final String MEMORY = "memory";

    private final Map<String, PersistenceModule> byName;

    private PersistenceModules(Map<String, PersistenceModule> byName) {
        this.byName = byName;
    }

    /** Those that {@link ServiceLoader} finds. */
    public static PersistenceModules onClassPath() {
        return of(List.of());
    }

    /** These, and those on the class path that have other names. Of two that have one name, the first counts. */
    public static PersistenceModules of(Iterable<? extends PersistenceModule> first) {
        Map<String, PersistenceModule> byName = new LinkedHashMap<>();
        first.forEach(module -> byName.putIfAbsent(canonical(module.name()), module));
        ServiceLoader.load(PersistenceModule.class, PersistenceModule.class.getClassLoader())
                .forEach(module -> byName.putIfAbsent(canonical(module.name()), module));
        return new PersistenceModules(byName);
    }

    /**
     * The module of this name, in any case, with or without {@code eventsourcing_} before it. Without a name: the only
     * one besides {@code memory}, or {@code memory} if it is the only one.
     *
     * @throws PersistenceModuleException if there is none of this name, or several and no name
     */
    public PersistenceModule choose(Optional<String> name) {
        return name.map(this::named).orElseGet(this::only);
    }

    private PersistenceModule named(String name) {
        PersistenceModule module = byName.get(canonical(name));
        if (module == null) {
            throw new PersistenceModuleException("There is no persistence module '" + name + "'", byName.keySet());
        }
        return module;
    }

    private PersistenceModule only() {
        List<PersistenceModule> durable = byName.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(MEMORY))
                .map(Map.Entry::getValue)
                .toList();
        if (durable.size() > 1) {
            throw new PersistenceModuleException("Several persistence modules could be meant", byName.keySet());
        }
        return durable.isEmpty() ? named(MEMORY) : durable.get(0);
    }

    private static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replaceFirst("^eventsourcing[_.-]", "");
    }
}
