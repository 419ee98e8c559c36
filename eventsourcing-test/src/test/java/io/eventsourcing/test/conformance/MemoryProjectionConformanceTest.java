package io.eventsourcing.test.conformance;

class MemoryProjectionConformanceTest extends ProjectionStoreConformance {

    @Override
    protected ProjectionStoreFixture newFixture() {
        return new MemoryProjectionFixture();
    }
}
