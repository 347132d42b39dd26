package io.sealward.it.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Arrows point one way: it, gateway, providers, crypto; and no two packages need each other. */
@AnalyzeClasses(packages = "io.sealward", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MODULES_POINT_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("crypto")
            .definedBy("io.sealward.crypto..")
            .layer("providers")
            .definedBy("io.sealward.providers..")
            .layer("gateway")
            .definedBy("io.sealward.gateway..")
            .layer("it")
            .definedBy("io.sealward.it..")
            .whereLayer("it")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("gateway")
            .mayOnlyBeAccessedByLayers("it")
            .whereLayer("providers")
            .mayOnlyBeAccessedByLayers("gateway", "it");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_GATEWAY_HAVE_NO_CYCLES =
            slices().matching("io.sealward.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_INSIDE_A_PACKAGE_OF_THE_GATEWAY_HAVE_NO_CYCLES =
            slices().matching("io.sealward.gateway.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PACKAGES_OF_CRYPTO_AND_PROVIDERS_HAVE_NO_CYCLES =
            slices().matching("io.sealward.(crypto|providers).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CRYPTO_KNOWS_NO_NETWORK_AND_NO_CLOUD = noClasses()
            .that()
            .resideInAPackage("io.sealward.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "software.amazon..", "com.google..", "com.azure..", "java.net..");

    @ArchTest
    static final ArchRule PROVIDERS_AND_CRYPTO_KNOW_NO_NETTY = noClasses()
            .that()
            .resideInAnyPackage("io.sealward.providers..", "io.sealward.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");
}
