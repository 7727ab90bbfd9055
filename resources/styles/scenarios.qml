<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" maxScale="0" minScale="1e+08" readOnly="0" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="scenarios" />
  </Option>
 </customproperties>
 <fieldConfiguration>
  <field configurationFlags="None" name="name">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="scenario_id">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="depth_a_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="depth_b_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="line">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="split">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="sectors">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="line_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_a_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_b_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_strip_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_posts">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_patrols">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_crossings">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_reserve">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_unit">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_support">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_posts_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_posts_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_patrols_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_patrols_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_crossings_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_crossings_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_reserve_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_reserve_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_unit_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_unit_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_support_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_support_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="training_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="pool_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="per_100km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="population">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="places">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="base">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="d_area_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="d_area_pct">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="d_staff">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="d_staff_pct">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="error">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="source">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="spec">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="name" index="0" name="Scenario" />
  <alias field="scenario_id" index="1" name="Number" />
  <alias field="depth_a_km" index="2" name="Depth of side A (km)" />
  <alias field="depth_b_km" index="3" name="Depth of side B (km)" />
  <alias field="posture" index="4" name="Posture" />
  <alias field="line" index="5" name="Line" />
  <alias field="split" index="6" name="Split" />
  <alias field="sectors" index="7" name="Sectors" />
  <alias field="line_km" index="8" name="Contact line (km)" />
  <alias field="area_km2" index="9" name="Area (km²)" />
  <alias field="area_a_km2" index="10" name="Area of side A (km²)" />
  <alias field="area_b_km2" index="11" name="Area of side B (km²)" />
  <alias field="area_strip_km2" index="12" name="Area of the strip (km²)" />
  <alias field="staff_low" index="13" name="Persons, low" />
  <alias field="staff_central" index="14" name="Persons, central" />
  <alias field="staff_high" index="15" name="Persons, high" />
  <alias field="staff_posts" index="16" name="Persons for posts" />
  <alias field="staff_patrols" index="17" name="Persons for patrols" />
  <alias field="staff_crossings" index="18" name="Persons for crossings" />
  <alias field="staff_reserve" index="19" name="Persons in reserve" />
  <alias field="staff_unit" index="20" name="Persons for unit tasks" />
  <alias field="staff_support" index="21" name="Persons for support" />
  <alias field="staff_posts_low" index="22" name="Persons for posts, low" />
  <alias field="staff_posts_high" index="23" name="Persons for posts, high" />
  <alias field="staff_patrols_low" index="24" name="Persons for patrols, low" />
  <alias field="staff_patrols_high" index="25" name="Persons for patrols, high" />
  <alias field="staff_crossings_low" index="26" name="Persons for crossings, low" />
  <alias field="staff_crossings_high" index="27" name="Persons for crossings, high" />
  <alias field="staff_reserve_low" index="28" name="Persons in reserve, low" />
  <alias field="staff_reserve_high" index="29" name="Persons in reserve, high" />
  <alias field="staff_unit_low" index="30" name="Persons for unit tasks, low" />
  <alias field="staff_unit_high" index="31" name="Persons for unit tasks, high" />
  <alias field="staff_support_low" index="32" name="Persons for support, low" />
  <alias field="staff_support_high" index="33" name="Persons for support, high" />
  <alias field="training_central" index="34" name="Training mission" />
  <alias field="pool_central" index="35" name="National pool" />
  <alias field="per_km" index="36" name="Persons per km" />
  <alias field="per_100km2" index="37" name="Persons per 100 km²" />
  <alias field="population" index="38" name="Inhabitants" />
  <alias field="places" index="39" name="Places" />
  <alias field="base" index="40" name="Compared with" />
  <alias field="d_area_km2" index="41" name="Area, difference (km²)" />
  <alias field="d_area_pct" index="42" name="Area, difference (%)" />
  <alias field="d_staff" index="43" name="Persons, difference" />
  <alias field="d_staff_pct" index="44" name="Persons, difference (%)" />
  <alias field="error" index="45" name="Why there is no plan" />
  <alias field="source" index="46" name="Source" />
  <alias field="spec" index="47" name="Parameters" />
  <alias field="statement" index="48" name="What it means" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="name" />
  <default applyOnUpdate="0" expression="" field="scenario_id" />
  <default applyOnUpdate="0" expression="" field="depth_a_km" />
  <default applyOnUpdate="0" expression="" field="depth_b_km" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="line" />
  <default applyOnUpdate="0" expression="" field="split" />
  <default applyOnUpdate="0" expression="" field="sectors" />
  <default applyOnUpdate="0" expression="" field="line_km" />
  <default applyOnUpdate="0" expression="" field="area_km2" />
  <default applyOnUpdate="0" expression="" field="area_a_km2" />
  <default applyOnUpdate="0" expression="" field="area_b_km2" />
  <default applyOnUpdate="0" expression="" field="area_strip_km2" />
  <default applyOnUpdate="0" expression="" field="staff_low" />
  <default applyOnUpdate="0" expression="" field="staff_central" />
  <default applyOnUpdate="0" expression="" field="staff_high" />
  <default applyOnUpdate="0" expression="" field="staff_posts" />
  <default applyOnUpdate="0" expression="" field="staff_patrols" />
  <default applyOnUpdate="0" expression="" field="staff_crossings" />
  <default applyOnUpdate="0" expression="" field="staff_reserve" />
  <default applyOnUpdate="0" expression="" field="staff_unit" />
  <default applyOnUpdate="0" expression="" field="staff_support" />
  <default applyOnUpdate="0" expression="" field="staff_posts_low" />
  <default applyOnUpdate="0" expression="" field="staff_posts_high" />
  <default applyOnUpdate="0" expression="" field="staff_patrols_low" />
  <default applyOnUpdate="0" expression="" field="staff_patrols_high" />
  <default applyOnUpdate="0" expression="" field="staff_crossings_low" />
  <default applyOnUpdate="0" expression="" field="staff_crossings_high" />
  <default applyOnUpdate="0" expression="" field="staff_reserve_low" />
  <default applyOnUpdate="0" expression="" field="staff_reserve_high" />
  <default applyOnUpdate="0" expression="" field="staff_unit_low" />
  <default applyOnUpdate="0" expression="" field="staff_unit_high" />
  <default applyOnUpdate="0" expression="" field="staff_support_low" />
  <default applyOnUpdate="0" expression="" field="staff_support_high" />
  <default applyOnUpdate="0" expression="" field="training_central" />
  <default applyOnUpdate="0" expression="" field="pool_central" />
  <default applyOnUpdate="0" expression="" field="per_km" />
  <default applyOnUpdate="0" expression="" field="per_100km2" />
  <default applyOnUpdate="0" expression="" field="population" />
  <default applyOnUpdate="0" expression="" field="places" />
  <default applyOnUpdate="0" expression="" field="base" />
  <default applyOnUpdate="0" expression="" field="d_area_km2" />
  <default applyOnUpdate="0" expression="" field="d_area_pct" />
  <default applyOnUpdate="0" expression="" field="d_staff" />
  <default applyOnUpdate="0" expression="" field="d_staff_pct" />
  <default applyOnUpdate="0" expression="" field="error" />
  <default applyOnUpdate="0" expression="" field="source" />
  <default applyOnUpdate="0" expression="" field="spec" />
  <default applyOnUpdate="0" expression="" field="statement" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="name" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="scenario_id" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="depth_a_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="depth_b_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="line" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="split" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="sectors" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="line_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_a_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_b_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_strip_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_posts" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_patrols" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_crossings" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_reserve" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_unit" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_support" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_posts_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_posts_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_patrols_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_patrols_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_crossings_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_crossings_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_reserve_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_reserve_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_unit_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_unit_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_support_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_support_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="training_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="pool_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="per_100km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="population" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="places" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="base" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="d_area_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="d_area_pct" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="d_staff" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="d_staff_pct" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="error" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="source" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="spec" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="name" />
  <constraint desc="" exp="" field="scenario_id" />
  <constraint desc="" exp="" field="depth_a_km" />
  <constraint desc="" exp="" field="depth_b_km" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="line" />
  <constraint desc="" exp="" field="split" />
  <constraint desc="" exp="" field="sectors" />
  <constraint desc="" exp="" field="line_km" />
  <constraint desc="" exp="" field="area_km2" />
  <constraint desc="" exp="" field="area_a_km2" />
  <constraint desc="" exp="" field="area_b_km2" />
  <constraint desc="" exp="" field="area_strip_km2" />
  <constraint desc="" exp="" field="staff_low" />
  <constraint desc="" exp="" field="staff_central" />
  <constraint desc="" exp="" field="staff_high" />
  <constraint desc="" exp="" field="staff_posts" />
  <constraint desc="" exp="" field="staff_patrols" />
  <constraint desc="" exp="" field="staff_crossings" />
  <constraint desc="" exp="" field="staff_reserve" />
  <constraint desc="" exp="" field="staff_unit" />
  <constraint desc="" exp="" field="staff_support" />
  <constraint desc="" exp="" field="staff_posts_low" />
  <constraint desc="" exp="" field="staff_posts_high" />
  <constraint desc="" exp="" field="staff_patrols_low" />
  <constraint desc="" exp="" field="staff_patrols_high" />
  <constraint desc="" exp="" field="staff_crossings_low" />
  <constraint desc="" exp="" field="staff_crossings_high" />
  <constraint desc="" exp="" field="staff_reserve_low" />
  <constraint desc="" exp="" field="staff_reserve_high" />
  <constraint desc="" exp="" field="staff_unit_low" />
  <constraint desc="" exp="" field="staff_unit_high" />
  <constraint desc="" exp="" field="staff_support_low" />
  <constraint desc="" exp="" field="staff_support_high" />
  <constraint desc="" exp="" field="training_central" />
  <constraint desc="" exp="" field="pool_central" />
  <constraint desc="" exp="" field="per_km" />
  <constraint desc="" exp="" field="per_100km2" />
  <constraint desc="" exp="" field="population" />
  <constraint desc="" exp="" field="places" />
  <constraint desc="" exp="" field="base" />
  <constraint desc="" exp="" field="d_area_km2" />
  <constraint desc="" exp="" field="d_area_pct" />
  <constraint desc="" exp="" field="d_staff" />
  <constraint desc="" exp="" field="d_staff_pct" />
  <constraint desc="" exp="" field="error" />
  <constraint desc="" exp="" field="source" />
  <constraint desc="" exp="" field="spec" />
  <constraint desc="" exp="" field="statement" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="area_a_km2" />
  <field editable="0" name="area_b_km2" />
  <field editable="0" name="area_km2" />
  <field editable="0" name="area_strip_km2" />
  <field editable="0" name="base" />
  <field editable="0" name="d_area_km2" />
  <field editable="0" name="d_area_pct" />
  <field editable="0" name="d_staff" />
  <field editable="0" name="d_staff_pct" />
  <field editable="0" name="depth_a_km" />
  <field editable="0" name="depth_b_km" />
  <field editable="0" name="error" />
  <field editable="0" name="line" />
  <field editable="0" name="line_km" />
  <field editable="0" name="name" />
  <field editable="0" name="per_100km2" />
  <field editable="0" name="per_km" />
  <field editable="0" name="places" />
  <field editable="0" name="pool_central" />
  <field editable="0" name="population" />
  <field editable="0" name="posture" />
  <field editable="0" name="scenario_id" />
  <field editable="0" name="sectors" />
  <field editable="0" name="source" />
  <field editable="0" name="spec" />
  <field editable="0" name="split" />
  <field editable="0" name="staff_central" />
  <field editable="0" name="staff_crossings" />
  <field editable="0" name="staff_crossings_high" />
  <field editable="0" name="staff_crossings_low" />
  <field editable="0" name="staff_high" />
  <field editable="0" name="staff_low" />
  <field editable="0" name="staff_patrols" />
  <field editable="0" name="staff_patrols_high" />
  <field editable="0" name="staff_patrols_low" />
  <field editable="0" name="staff_posts" />
  <field editable="0" name="staff_posts_high" />
  <field editable="0" name="staff_posts_low" />
  <field editable="0" name="staff_reserve" />
  <field editable="0" name="staff_reserve_high" />
  <field editable="0" name="staff_reserve_low" />
  <field editable="0" name="staff_support" />
  <field editable="0" name="staff_support_high" />
  <field editable="0" name="staff_support_low" />
  <field editable="0" name="staff_unit" />
  <field editable="0" name="staff_unit_high" />
  <field editable="0" name="staff_unit_low" />
  <field editable="0" name="statement" />
  <field editable="0" name="training_central" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>"name"</previewExpression>
 <mapTip />
 <layerGeometryType>4</layerGeometryType>
</qgis>
